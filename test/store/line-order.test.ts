import { describeLineOrder } from './line-order.ts';

// The bounded run; `npm run test:long` does it 600 times.
describeLineOrder(60);
