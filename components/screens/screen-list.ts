import { activityScreen } from './Activity.tsx';
import { conflictsScreen } from './Conflicts.tsx';
import { conflictScreen } from './ConflictView.tsx';
import type { ScreenDefinition } from './define-screen.ts';
import { helpScreen } from './Help.tsx';
import { inactiveScreen } from './InactiveWithStock.tsx';
import { integrationsScreen } from './Integrations.tsx';
import { messagesScreen } from './Messages.tsx';
import { productScreen } from './ProductCard.tsx';
import { productsScreen } from './ProductList.tsx';
import { lookupScreen } from './ProductLookup.tsx';
import { pushScreen } from './Push.tsx';
import { shopScreen } from './ShopCard.tsx';
import { shopFormScreen } from './ShopForm.tsx';
import { shopIdScreen } from './ShopIdSearch.tsx';
import { shopsScreen } from './Shops.tsx';
import { warehouseScreen } from './Warehouse.tsx';
import { warehouseFormScreen } from './WarehouseForm.tsx';

/** Every screen, in the order of the digits and of the plain mode's choices. */
export const screens: readonly ScreenDefinition[] = [
  lookupScreen,
  integrationsScreen,
  shopIdScreen,
  inactiveScreen,
  conflictsScreen,
  pushScreen,
  shopsScreen,
  activityScreen,
  productsScreen,
  productScreen,
  conflictScreen,
  shopScreen,
  shopFormScreen,
  warehouseScreen,
  warehouseFormScreen,
  messagesScreen,
  helpScreen,
];
