import "server-only";
import type { Chance } from "./chance";

/** An event type that the demo's organization registered, and how its events come about. */
export interface DemoEventType {
  name: string;
  description: string;
  schema: Record<string, unknown>;
  /** Out of all events, how many are of this type, roughly. */
  weight: number;
  data(chance: Chance, at: Date): Record<string, unknown>;
}

const text = { type: "string", minLength: 1 };
const amount = { type: "number", minimum: 0 };
const currency = { type: "string", enum: ["EUR", "USD", "GBP"] };
const moment = { type: "string", format: "date-time" };

const object = (properties: Record<string, unknown>) => ({
  type: "object",
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
});

const names = ["ada", "grace", "linus", "margaret", "ken", "barbara", "dennis", "frances"] as const;
const skus = ["MUG-0041", "TEE-1190", "CAP-0007", "BAG-2203", "PEN-0330"] as const;

const orderId = (chance: Chance) => `ord_${chance.whole(100_000, 999_999)}`;
const customerId = (chance: Chance) => `cus_${chance.whole(1_000, 9_999)}`;
const cents = (value: number) => Math.round(value * 100) / 100;

export const demoEventTypes: readonly DemoEventType[] = [
  {
    name: "orders.order.created",
    description: "A customer placed an order.",
    weight: 5,
    schema: object({
      orderId: text,
      customer: object({ id: text, email: { type: "string", format: "email" } }),
      items: {
        type: "array",
        minItems: 1,
        items: object({ sku: text, quantity: { type: "integer", minimum: 1 }, price: amount }),
      },
      total: amount,
      currency,
    }),
    data(chance) {
      const items = Array.from({ length: chance.whole(1, 3) }, () => ({
        sku: chance.pick(skus),
        quantity: chance.whole(1, 4),
        price: cents(chance.between(4, 90)),
      }));
      return {
        orderId: orderId(chance),
        customer: { id: customerId(chance), email: `${chance.pick(names)}@example.com` },
        items,
        total: cents(items.reduce((sum, { quantity, price }) => sum + quantity * price, 0)),
        currency: chance.pick(["EUR", "USD", "GBP"]),
      };
    },
  },
  {
    name: "orders.order.shipped",
    description: "An order left the warehouse.",
    weight: 3,
    schema: object({ orderId: text, carrier: text, trackingNumber: text, shippedAt: moment }),
    data: (chance, at) => ({
      orderId: orderId(chance),
      carrier: chance.pick(["Postal Express", "Night Rider", "Blue Van"]),
      trackingNumber: `PX${chance.whole(10_000_000, 99_999_999)}`,
      shippedAt: at.toISOString(),
    }),
  },
  {
    name: "customers.customer.updated",
    description: "A customer changed their profile.",
    weight: 3,
    schema: object({ customerId: text, changed: { type: "array", items: text, minItems: 1 } }),
    data: (chance) => ({
      customerId: customerId(chance),
      changed: [chance.pick(["email", "address", "phone"]), "updatedAt"],
    }),
  },
  {
    name: "billing.invoice.paid",
    description: "The payment of an invoice arrived.",
    weight: 2,
    schema: object({ invoiceId: text, orderId: text, amount, currency, paidAt: moment }),
    data: (chance, at) => ({
      invoiceId: `inv_${chance.whole(10_000, 99_999)}`,
      orderId: orderId(chance),
      amount: cents(chance.between(10, 400)),
      currency: chance.pick(["EUR", "USD", "GBP"]),
      paidAt: at.toISOString(),
    }),
  },
];
