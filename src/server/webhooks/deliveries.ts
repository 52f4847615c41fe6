/** The deliveries that came lately, so that one which comes twice counts once. The oldest are forgotten. */
export type Deliveries = {
  /** Whether a delivery is new; it is not from then on. */
  isNew(shopId: string, deliveryId: string): boolean;
};

export function makeDeliveries(limit = 50_000): Deliveries {
  const seen = new Set<string>();
  return {
    isNew: (shopId, deliveryId) => {
      const key = `${shopId} ${deliveryId}`;
      if (seen.has(key)) return false;
      seen.add(key);
      if (seen.size > limit) for (const oldest of [...seen].slice(0, limit / 10)) seen.delete(oldest);
      return true;
    },
  };
}
