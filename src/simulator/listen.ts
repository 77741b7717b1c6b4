import type { Server } from 'node:http';
import { HandoffError } from '../core/errors.ts';

/** Binds to 127.0.0.1 and resolves with the port. Rejects with PORT_IN_USE or, for a port that cannot be, INVALID_ARGUMENT. */
export function listen(server: Server, port: number): Promise<number> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new HandoffError('INVALID_ARGUMENT', {
      message: `${port} is no port; ports are whole numbers from 0 to 65535`,
      hint: 'sf-handoff simulate --port 0',
    });
  }
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(port, cause)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function listenError(port: number, cause: NodeJS.ErrnoException): HandoffError {
  if (cause.code === 'EADDRINUSE') {
    return new HandoffError('PORT_IN_USE', { message: `Port ${port} is already in use`, cause });
  }
  return new HandoffError('INVALID_ARGUMENT', {
    message: `Port ${port} cannot be used (${cause.code ?? cause.message})`,
    hint: 'sf-handoff simulate --port 0',
    cause,
  });
}

/** Stops listening and breaks every connection, idle or not. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
