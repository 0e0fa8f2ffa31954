// Orders made and moved through the API: what a test begins with.

import { randomUUID } from "node:crypto";
import { type Desk, type OrderDetail, Refusal } from "./desk.ts";
import type { LocalText } from "./words.ts";

/** A variant that can be ordered. */
export interface Goods {
  productId: string;
  variantId: string;
  sku: string;
  /** The product's name, to search for. */
  product: LocalText;
  /** The whole name, with that of the variant. */
  name: LocalText;
  unit: LocalText;
  /** The smallest quantity that can be ordered. */
  smallest: number;
  madeToOrder: boolean;
}

interface Variant {
  id: string;
  sku: string;
  name: LocalText;
  unit: { name: LocalText };
  rule: { minimum?: string; multiple?: string; maximum?: string };
  stock: { kind: string; quantity?: string };
  made_to_order: boolean;
}

interface Product {
  id: string;
  name: LocalText;
  variants: Variant[];
}

/** A line of a draft as a device keeps it. */
export interface DraftLine {
  id: string;
  product_id: string;
  variant_id: string;
  sku: string;
  name: LocalText;
  unit: Variant["unit"];
  typed: string;
  note: string;
}

interface Board {
  items: { sku: string; in_stock: string }[];
}

/** What an order is made of. */
export interface Wish {
  goods: Goods;
  quantity?: number;
  /** A note on the line. */
  note?: string;
}

/** What else can be said with an order. */
interface Terms {
  note?: string;
  priority?: "normal" | "special" | "urgent";
  wantedDate?: string;
}

/** `count` variants of different products that are there in plenty, always the same ones. */
export async function goodsInStock(customer: Desk, count: number): Promise<Goods[]> {
  const all = await catalog(customer);
  const plenty = all.filter(
    ({ product, variant }) =>
      !variant.made_to_order && isPlenty(variant) && variant.rule.maximum === undefined && isPlain(product.name),
  );
  const found = onePerProduct(plenty).slice(0, count);
  if (found.length < count) {
    throw new Error(`Only ${found.length} products are there in plenty, not ${count}.`);
  }
  return found;
}

/** One such variant. */
export async function someGoods(customer: Desk): Promise<Goods> {
  const [only] = await goodsInStock(customer, 1);
  return only as Goods;
}

/** Two such variants. */
export async function twoGoods(customer: Desk): Promise<[Goods, Goods]> {
  const [first, second] = await goodsInStock(customer, 2);
  return [first as Goods, second as Goods];
}

/** A variant of which a single one can't be ordered. */
export async function goodsInSteps(customer: Desk): Promise<Goods> {
  const all = (await catalog(customer)).filter(({ product, variant }) => isPlain(product.name) && !variant.made_to_order);
  const found = onePerProduct(all).find((goods) => goods.smallest > 1);
  if (found === undefined) {
    throw new Error("Of everything in the catalog a single one can be ordered.");
  }
  return found;
}

/** A variant of which no more than so many can be ordered, with its unit as a draft keeps it. */
export async function goodsWithMaximum(customer: Desk): Promise<{ goods: Goods; unit: Variant["unit"]; maximum: number }> {
  const found = (await catalog(customer)).find(({ variant }) => variant.rule.maximum !== undefined);
  if (found === undefined) {
    throw new Error("Nothing in the catalog has a maximum.");
  }
  const { product, variant } = found;
  return { goods: describe(product, variant), unit: variant.unit, maximum: Number(variant.rule.maximum) };
}

/** Lines of a draft as a device keeps it: of everything that is there in plenty, and of it all again until there are `count`. */
export async function draftLines(customer: Desk, count: number): Promise<DraftLine[]> {
  const all = await catalog(customer);
  const plenty = all.filter(({ variant }) => !variant.made_to_order && isPlenty(variant) && variant.rule.maximum === undefined);
  return Array.from({ length: count }, (_, place) => {
    const { product, variant } = plenty[place % plenty.length] as Entry;
    const goods = describe(product, variant);
    return {
      id: randomUUID(),
      product_id: goods.productId,
      variant_id: goods.variantId,
      sku: goods.sku,
      name: goods.name,
      unit: variant.unit,
      typed: String(goods.smallest),
      note: "",
    };
  });
}

/** Keeps a draft on the server, as another device of the customer does, and gives its id. */
export async function keepDraft(customer: Desk, lines: DraftLine[], name = ""): Promise<string> {
  const id = randomUUID();
  const content = { id, name, rev: 1, lines, address_id: null, wanted_date: null, priority: "normal", note: "", refused: null };
  await customer.change("PUT", `/drafts/${id}`, { name, content }, 0);
  return id;
}

/** A variant that is made only once it is ordered. */
export async function goodsMadeToOrder(customer: Desk): Promise<Goods> {
  const [found] = onePerProduct((await catalog(customer)).filter(({ variant }) => variant.made_to_order));
  if (found === undefined) {
    throw new Error("Nothing in the catalog is made to order.");
  }
  return found;
}

/** Submits an order and agrees to the prices that the server names. */
export async function submit(customer: Desk, wishes: Wish[], terms: Terms = {}): Promise<OrderDetail> {
  const { addresses } = await customer.get<{ addresses: { id: string }[] }>("/account");
  const lines = wishes.map(({ goods, quantity, note }) => ({
    id: randomUUID(),
    variant_id: goods.variantId,
    quantity: String(quantity ?? goods.smallest),
    seen_price: "0",
    note: note ?? "",
  }));
  const draft = randomUUID();
  const send = (rev: number) => {
    const body = {
      draft_id: draft,
      rev,
      owner: customer.accountId,
      lines,
      address_id: addresses[0]?.id,
      wanted_date: terms.wantedDate ?? null,
      priority: terms.priority ?? "normal",
      note: terms.note ?? "",
    };
    return customer.change<{ order_id: string }>("POST", "/orders", body, undefined, `${draft}.${rev}`);
  };
  const accepted = await send(1).catch((error: unknown) => {
    // Nothing costs nothing: the first answer names the prices.
    const changes = error instanceof Refusal ? (error.problem?.changes as { line_id: string; now: string }[] | undefined) : undefined;
    if (changes === undefined) {
      throw error;
    }
    for (const { line_id, now } of changes) {
      const line = lines.find((one) => one.id === line_id);
      if (line !== undefined) {
        line.seen_price = now;
      }
    }
    return send(2);
  });
  return customer.order(accepted.order_id);
}

/** Submits an order of one line that every stage will pass. */
export async function submitSome(customer: Desk, terms: Terms = {}): Promise<OrderDetail["order"]> {
  const { order } = await submit(customer, [{ goods: await someGoods(customer) }], terms);
  return order;
}

/** Does `verb` with an order as it is now. */
export async function act(who: Desk, id: string, verb: string, body: unknown = {}): Promise<OrderDetail> {
  const { order } = await who.order(id);
  return who.change("POST", `/orders/${id}/${verb}`, body, order.version);
}

/** Moves an order on until it waits in `status`, as `staff` or its customer, whoever's turn it is. */
export async function walk(id: string, status: string, staff: Desk, customer: Desk): Promise<OrderDetail> {
  for (let steps = 0; steps < 12; steps += 1) {
    const detail = await staff.order(id);
    if (detail.order.status === status) {
      return detail;
    }
    await step(detail, staff, customer);
  }
  throw new Error(`The order never got to ${status}.`);
}

/** Does what an order waits for. */
export async function step(detail: OrderDetail, staff: Desk, customer: Desk): Promise<OrderDetail> {
  const { order } = detail;
  switch (order.status) {
    case "pending_order_review":
      return act(staff, order.id, "order-review");
    case "pending_customer_confirmation":
      return act(customer, order.id, "confirmation");
    case "pending_executive_approval":
      return act(staff, order.id, "executive-approval");
    case "pending_finance_review":
      return passFinance(detail, staff);
    case "in_production": {
      const lines = order.lines.map((line) => ({ line_id: line.id, produced: line.approved }));
      await act(staff, order.id, "production-report", { lines });
      const reported = await staff.order(order.id);
      return reported.order.status === "in_production" ? act(staff, order.id, "production") : reported;
    }
    case "pending_outbound_review":
      return act(staff, order.id, "outbound-review", { lines: reservations(detail) });
    case "pending_shipment":
      return act(staff, order.id, "shipments", { shipment_id: randomUUID(), carrier: "顺丰速运", parcels: [{ tracking: "SF1" }] });
    case "pending_receipt": {
      const waiting = order.shipments.find((shipment) => shipment.receipt === null || shipment.receipt === undefined);
      return act(customer, order.id, "receipts", { shipment_id: waiting?.id });
    }
    default:
      throw new Error(`Nothing leads on from ${order.status}.`);
  }
}

/** Counts a variant so that so much of it is free in each warehouse, nothing where nothing is said. The order with it is open. */
export async function leaveFree(admin: Desk, id: string, goods: Goods, ...left: number[]): Promise<void> {
  const { order, stock } = await admin.order(id);
  const line = order.lines.find((one) => one.variant_id === goods.variantId);
  const factor = Number(line?.unit.factor);
  const known = stock.filter((shelf) => shelf.line_id === line?.id);
  // A warehouse that never had any is a place for it as well.
  const warehouses = await admin.get<{ id: string }[]>("/warehouses");
  const others = warehouses.filter(({ id }) => known.every((shelf) => shelf.warehouse_id !== id));
  const shelves = [...known, ...others.map(({ id }) => ({ warehouse_id: id, free: "0" }))];
  for (const [place, shelf] of shelves.entries()) {
    const board = await admin.get<Board>(`/open-quantities?q=${goods.sku}&warehouse=${shelf.warehouse_id}`);
    const there = Number(board.items.find(({ sku }) => sku === goods.sku)?.in_stock ?? 0);
    const free = (left[place] ?? 0) - Number(shelf.free);
    const count = { variant_id: goods.variantId, on_hand: String(there + free * factor) };
    await admin.change("POST", "/stock/counts", { warehouse_id: shelf.warehouse_id, counts: [count], reason: "counted" });
  }
}

async function passFinance({ order }: OrderDetail, staff: Desk): Promise<OrderDetail> {
  try {
    return await act(staff, order.id, "finance-review");
  } catch (error) {
    const rejection = error instanceof Refusal ? error.problem?.rejection?.code : undefined;
    if (rejection === "payment_missing") {
      await act(staff, order.id, "payments", { amount: order.total, reference: `bank ${order.number}` });
      return act(staff, order.id, "finance-review");
    }
    if (rejection === "credit_exceeded") {
      return act(staff, order.id, "finance-review", { override_reason: "agreed by telephone" });
    }
    throw error;
  }
}

/** Every line whole from a warehouse that has it. */
function reservations({ order, stock }: OrderDetail): unknown[] {
  return order.lines.map((line) => {
    const place = stock.find((one) => one.line_id === line.id && Number(one.free) >= Number(line.approved));
    if (place === undefined) {
      throw new Error(`No warehouse has ${line.approved} of ${line.name.en}.`);
    }
    return { line_id: line.id, warehouse_id: place.warehouse_id, quantity: line.approved };
  });
}

interface Entry {
  product: Product;
  variant: Variant;
}

async function catalog(customer: Desk): Promise<Entry[]> {
  const products: Product[] = [];
  let after: string | null | undefined;
  do {
    const cursor = after ? `&after=${encodeURIComponent(after)}` : "";
    const page = await customer.get<{ items: Product[]; next?: string | null }>(`/products?limit=100${cursor}`);
    products.push(...page.items);
    after = page.next;
  } while (after);
  return products.flatMap((product) => product.variants.map((variant) => ({ product, variant })));
}

function isPlenty({ stock }: Variant): boolean {
  return stock.kind === "enough" || (stock.kind === "number" && Number(stock.quantity) >= 2_000);
}

/** Whether a name is made of words alone, as people type them into a search. */
function isPlain(name: LocalText): boolean {
  return /^[A-Za-z ]+$/.test(name.en) && /^\p{Script=Han}+$/u.test(name.zh);
}

function onePerProduct(entries: Entry[]): Goods[] {
  const goods = new Map<Product, Goods>();
  for (const { product, variant } of entries) {
    if (!goods.has(product)) {
      goods.set(product, describe(product, variant));
    }
  }
  return [...goods.values()];
}

function describe(product: Product, variant: Variant): Goods {
  const join = (own: string, of: string) => (of === "" ? own : `${own} ${of}`);
  const multiple = Number(variant.rule.multiple ?? 1);
  const minimum = Number(variant.rule.minimum ?? 1);
  return {
    productId: product.id,
    variantId: variant.id,
    sku: variant.sku,
    product: product.name,
    name: { zh: join(product.name.zh, variant.name.zh), en: join(product.name.en, variant.name.en) },
    unit: variant.unit.name,
    smallest: Math.max(multiple, Math.ceil(minimum / multiple) * multiple),
    madeToOrder: variant.made_to_order,
  };
}
