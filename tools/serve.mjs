// Serves dist/, or another folder, on this machine only.
import { createServer } from 'node:http';
import sirv from 'sirv';
import { HOST, explain, port } from './port.mjs';

/** @param {number} port @param {string} [folder] */
export function serve(port, folder = 'dist') {
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) =>
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('Not found');
    }),
  );
  return server.listen(port, HOST);
}

if (process.argv[1] === import.meta.filename) {
  const server = serve(port);
  server.on('error', explain);
  server.on('listening', () => console.log(`\nContrastive Playground: http://${HOST}:${port}`));
}
