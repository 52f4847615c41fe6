import { describeLineOrder } from '../store/line-order.ts';

describeLineOrder(600);
