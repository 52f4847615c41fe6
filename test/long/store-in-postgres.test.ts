import { describeStoreIn } from '../e2e/store-places.ts';

describeStoreIn('postgres');
