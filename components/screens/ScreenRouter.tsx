import type { Route } from '../../src/views/navigation/navigation.ts';
import { Activity } from './Activity.tsx';
import { Conflicts } from './Conflicts.tsx';
import { ConflictView } from './ConflictView.tsx';
import { Help } from './Help.tsx';
import { InactiveWithStock } from './InactiveWithStock.tsx';
import { Integrations } from './Integrations.tsx';
import { Messages } from './Messages.tsx';
import { ProductCard } from './ProductCard.tsx';
import { ProductLookup } from './ProductLookup.tsx';
import { Push } from './Push.tsx';
import { ShopCard } from './ShopCard.tsx';
import { ShopForm } from './ShopForm.tsx';
import { ShopIdSearch } from './ShopIdSearch.tsx';
import { Shops } from './Shops.tsx';

/** The screen for a place. */
export function ScreenRouter({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'lookup':
      return <ProductLookup text={route.text} />;
    case 'integrations':
      return <Integrations shopId={route.shopId} filter={route.filter} />;
    case 'shop-id':
      return <ShopIdSearch text={route.text} />;
    case 'inactive':
      return <InactiveWithStock shopId={route.shopId} />;
    case 'conflicts':
      return <Conflicts shopId={route.shopId} />;
    case 'conflict':
      return <ConflictView at={route.ref} />;
    case 'push':
      return <Push productIds={route.productIds} shopIds={route.shopIds} make={route.make} />;
    case 'shops':
      return <Shops />;
    case 'shop':
      return <ShopCard shopId={route.shopId} />;
    case 'shop-form':
      return <ShopForm shopId={route.shopId} />;
    case 'activity':
      return <Activity errors={route.errors === true} shopId={route.shopId} />;
    case 'messages':
      return <Messages />;
    case 'product':
      return <ProductCard productId={route.productId} tab={route.tab} shopId={route.shopId} />;
    case 'help':
      return <Help />;
    default:
      return route satisfies never;
  }
}
