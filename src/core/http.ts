/** One request and its limits. `timeoutMs` bounds the whole exchange for `request`, and the time to the headers for `stream`. */
export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** An answer read to its end; header names are lower-case. Bodies over the limit are refused (ANSWER_TOO_LARGE). */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer whose body is still arriving. `chunks` may be read once; `close` frees the socket at once and never throws. */
export interface HttpStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: AsyncIterable<Uint8Array>;
  close(): void;
}

/** One server-sent event; `event` is `message` where the service named none. */
export interface SseMessage {
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

/** How to reach the network: what the flags `--timeout`, `--ca-file`, `--resolve` and `--connect-to` say. */
export interface NetworkOptions {
  readonly timeoutMs: number;
  /** PEM text added to the usual roots. */
  readonly ca?: string;
  /** As curl: `host:port:address`. */
  readonly resolve?: readonly string[];
  /** As curl: `host:port:other-host:other-port`. */
  readonly connectTo?: readonly string[];
}

/**
 * The only way out of the program. Rejections are HandoffErrors with a network code (NAME_NOT_FOUND, TIMED_OUT …);
 * any HTTP status is a result, and redirects are never followed.
 */
export interface Http {
  request(request: HttpRequest): Promise<HttpResponse>;
  stream(request: HttpRequest): Promise<HttpStream>;
  /** The rungs below HTTP, asked one by one by doctor. */
  resolve(url: string, signal?: AbortSignal): Promise<ResolvedHost>;
  /** `family` asks for one kind of address alone, where the host has both. */
  connect(url: string, signal?: AbortSignal, family?: IpFamily): Promise<ConnectedHost>;
  handshake(url: string, signal?: AbortSignal): Promise<TlsFacts>;
  close(): Promise<void>;
}

/** `via` names what answered instead of DNS: a proxy (and the variable that set it) or an override flag. */
export interface ResolvedHost {
  readonly host: string;
  readonly addresses: readonly string[];
  readonly via?: string;
}

export type IpFamily = 4 | 6;

export interface ConnectedHost {
  readonly address: string;
  readonly port: number;
  readonly via?: string;
}

/** `validTo` is epoch milliseconds. */
export interface TlsFacts {
  readonly protocol: string;
  readonly issuer: string;
  readonly validTo: number;
}
