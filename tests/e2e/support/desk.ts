// Somebody who is signed in to the API, for what a test needs but is not about.

import { randomUUID } from "node:crypto";
import type { APIRequest, APIRequestContext } from "@playwright/test";
import type { LocalText } from "./words.ts";

/** Who is signed in, as far as tests care. */
interface Session {
  actor: { account_id: string };
  name: string;
}

/** The settings of the workflow, as far as tests care. */
export interface WorkflowSettings {
  version: number;
  workflow: {
    stages: Record<string, boolean>;
    executive_threshold: string | null;
    [setting: string]: unknown;
  };
}

/** A quantity of an order that lies somewhere. */
export interface LineStock {
  line_id: string;
  warehouse_id: string;
  free: string;
}

/** A line of an order. */
export interface OrderLine {
  id: string;
  variant_id: string;
  name: LocalText;
  unit: { factor: string };
  ordered: string;
  approved: string;
  closed: string;
  price: string;
}

/** A shipment of an order. */
export interface Shipment {
  id: string;
  receipt: unknown;
}

/** An order, as far as tests care. */
export interface Order {
  id: string;
  number: string;
  status: string;
  version: number;
  note: string;
  total: string;
  lines: OrderLine[];
  shipments: Shipment[];
}

/** An order with what is known around it. */
export interface OrderDetail {
  order: Order;
  stock: LineStock[];
  paid: string;
}

/** A draft as the server keeps it. */
export interface KeptDraft {
  id: string;
  version: number;
  content: { note: string; lines: { sku: string; typed: string }[] };
}

/** An answer of the API that was no success. */
export class Refusal extends Error {
  constructor(
    readonly what: string,
    readonly status: number,
    readonly problem: { type?: string; rejection?: { code?: string }; changes?: unknown } | undefined,
  ) {
    super(`${what} was answered with ${status}: ${JSON.stringify(problem)}`);
  }
}

/** Somebody who is signed in to the API. */
export class Desk {
  private constructor(
    private readonly request: APIRequestContext,
    /** The account's id. */
    readonly accountId: string,
    /** The person's name. */
    readonly name: string,
  ) {}

  /** Signs in at the deployment at `url`. */
  static async open(api: APIRequest, url: string, login: string, password: string): Promise<Desk> {
    const request = await api.newContext({
      baseURL: url,
      extraHTTPHeaders: { origin: url, "x-countersign": "1", accept: "application/json" },
    });
    const session = await exchange<Session>(request, "POST", "/session", { login, password }, {});
    return new Desk(request, session.actor.account_id, session.name);
  }

  /** Reads. */
  get<T>(path: string): Promise<T> {
    return exchange(this.request, "GET", path, undefined, {});
  }

  /** Changes something under a key of its own, `version` of it where it exists already. */
  change<T>(method: "POST" | "PUT", path: string, body: unknown, version?: number, key: string = randomUUID()): Promise<T> {
    const headers: Record<string, string> = { "idempotency-key": key };
    if (version !== undefined) {
      headers["if-match"] = `"${version}"`;
    }
    return exchange(this.request, method, path, body, headers);
  }

  /** Changes something that answers with nothing, such as what is in a set. */
  async send(method: "PUT" | "DELETE", path: string, data: unknown): Promise<void> {
    const response = await this.request.fetch(`/api/v1${path}`, { method, data });
    if (!response.ok()) {
      throw new Refusal(`${method} ${path}`, response.status(), undefined);
    }
  }

  /** Reads an order. */
  order(id: string): Promise<OrderDetail> {
    return this.get(`/orders/${id}`);
  }

  /** How many orders this account sees. */
  async orderCount(): Promise<number> {
    const page = await this.get<{ total: number }>("/orders?limit=1&total=true");
    return page.total;
  }

  /** Drafts of this account that the server keeps. */
  async drafts(): Promise<KeptDraft[]> {
    const page = await this.get<{ items: KeptDraft[] }>("/drafts?limit=200");
    return page.items;
  }

  /** Removes all of them. */
  async removeDrafts(): Promise<void> {
    for (const { id, version } of await this.drafts()) {
      const path = `/api/v1/drafts/${id}`;
      const response = await this.request.delete(path, { headers: { "if-match": `"${version}"` } });
      // A page of an earlier test may have been faster.
      if (!response.ok() && ![404, 412].includes(response.status())) {
        throw new Refusal(`DELETE ${path}`, response.status(), undefined);
      }
    }
  }

  /** Changes the settings of the workflow. */
  async setWorkflow(change: (workflow: WorkflowSettings["workflow"]) => void): Promise<void> {
    const { version, workflow } = await this.get<WorkflowSettings>("/settings/workflow");
    change(workflow);
    await this.change("PUT", "/settings/workflow", workflow, version);
  }

  /** Leaves without signing out, as a script does. */
  close(): Promise<void> {
    return this.request.dispose();
  }
}

async function exchange<T>(
  request: APIRequestContext,
  method: string,
  path: string,
  data: unknown,
  headers: Record<string, string>,
): Promise<T> {
  const response = await request.fetch(`/api/v1${path}`, { method, headers, ...(data === undefined ? {} : { data }) });
  const text = await response.text();
  if (!response.ok()) {
    throw new Refusal(`${method} ${path}`, response.status(), text === "" ? undefined : JSON.parse(text));
  }
  return JSON.parse(text) as T;
}
