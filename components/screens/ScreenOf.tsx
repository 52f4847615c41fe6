import type { Spot } from '../../src/views/input/navigation.ts';
import { Activity } from './Activity.tsx';
import { Conflicts } from './Conflicts.tsx';
import { ConflictView } from './ConflictView.tsx';
import { Help } from './Help.tsx';
import { InactiveWithStock } from './InactiveWithStock.tsx';
import { IntegrationList } from './IntegrationList.tsx';
import { Messages } from './Messages.tsx';
import { ProductCard } from './ProductCard.tsx';
import { ProductLookup } from './ProductLookup.tsx';
import { Push } from './Push.tsx';
import { ShopCard } from './ShopCard.tsx';
import { ShopForm } from './ShopForm.tsx';
import { ShopIdSearch } from './ShopIdSearch.tsx';
import { Shops } from './Shops.tsx';

/** The screen for a place. */
export function ScreenOf({ spot }: { readonly spot: Spot }) {
  switch (spot.screen) {
    case 'lookup':
      return <ProductLookup text={spot.text} />;
    case 'integrations':
      return <IntegrationList shopId={spot.shopId} filter={spot.filter} />;
    case 'shop-id':
      return <ShopIdSearch text={spot.text} />;
    case 'inactive':
      return <InactiveWithStock shopId={spot.shopId} />;
    case 'conflicts':
      return <Conflicts shopId={spot.shopId} />;
    case 'conflict':
      return <ConflictView at={spot.ref} />;
    case 'push':
      return <Push productIds={spot.productIds} shopIds={spot.shopIds} make={spot.make} />;
    case 'shops':
      return <Shops />;
    case 'shop':
      return <ShopCard shopId={spot.shopId} />;
    case 'shop-form':
      return <ShopForm shopId={spot.shopId} />;
    case 'activity':
      return <Activity errors={spot.errors === true} shopId={spot.shopId} />;
    case 'messages':
      return <Messages />;
    case 'product':
      return <ProductCard productId={spot.productId} tab={spot.tab} shopId={spot.shopId} />;
    case 'help':
      return <Help />;
    default:
      return spot satisfies never;
  }
}
