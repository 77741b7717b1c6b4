import { Agent, createServer, request } from 'node:http';

/** Passes every request on to `target` after a while. */
export async function startSlowRelay(target, latencyMs) {
  const { hostname: host, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const relay = createServer((incoming, outgoing) => {
    setTimeout(() => {
      const { method, url, headers } = incoming;
      const onward = request({ agent, host, port, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      outgoing.on('close', () => onward.destroy());
      incoming.pipe(onward);
    }, latencyMs);
  });
  await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    relay.closeAllConnections();
    relay.close();
    agent.destroy();
  };
  return { url: `http://127.0.0.1:${relay.address().port}`, stop };
}
