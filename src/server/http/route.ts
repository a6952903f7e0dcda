/** What a room of the server hands to the composition root: its routes and its WebSocket doors. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { z } from 'zod';

export interface RouteRequest {
  readonly url: URL;
  /** Named parts of the path: '/api/steps/:lesson/:step/check'. */
  readonly params: Readonly<Record<string, string>>;
  /**
   * Who asks, by the session cookie: made (a new self-paced learner) on the first request to a route for learners. Empty
   * on another route that is asked by nobody known.
   */
  readonly learner: string;
  /** The name that an instructor logged in with; undefined for everybody else. */
  readonly instructor: string | undefined;
  /** Where the request comes from, for limits: not the operator's proxy, but who asked it. */
  readonly address: string;
  /** Body as JSON, at most 64 KiB, held to the schema; throws an HttpProblem that names the field. */
  json<T>(schema: z.ZodType<T>): Promise<T>;
  /** The same for a form. */
  form<T>(schema: z.ZodType<T>): Promise<T>;
  readonly raw: IncomingMessage;
}

export type RouteReply =
  | { readonly status?: number; readonly json: unknown; readonly headers?: Readonly<Record<string, string>> }
  | {
      readonly status?: number;
      readonly text: string;
      readonly contentType: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly status: 204 }
  /** The route has answered by itself. */
  | { readonly taken: true };

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Who may: anybody (no session made), a learner (session made), an instructor. */
  readonly who: 'anybody' | 'learner' | 'instructor';
  /**
   * 'anywhere': a page of another site may post here. Such a route trusts nothing that the browser adds by itself (the
   * session's cookie), only what the message proves. By default changes come from the course's own pages.
   */
  readonly from?: 'anywhere';
  handle(request: RouteRequest, response: ServerResponse): Promise<RouteReply> | RouteReply;
}

export interface Door {
  /** '/live', '/terminal' */
  readonly path: string;
  readonly who: 'learner' | 'instructor';
  /** The Origin has been checked and the session is known. */
  open(
    socket: WebSocket,
    request: { readonly url: URL; readonly learner: string; readonly instructor: string | undefined },
  ): void;
}

/** Thrown anywhere behind a route: answered as RFC 9457 problem details. */
export class HttpProblem extends Error {
  override name = 'HttpProblem';
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}
