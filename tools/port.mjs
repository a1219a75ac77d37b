// Says whether the port to serve on is free, and fails if it is not.
import { createServer } from 'node:net';

export const HOST = '127.0.0.1';
export const port = Number(process.env.PORT || 8080);

/** @param {NodeJS.ErrnoException} error */
export function explain(error) {
  const reasons = {
    EADDRINUSE: `port ${port} is in use. Stop what is using it, or choose another: make serve PORT=8081`,
    EACCES: `port ${port} may only be used by an administrator. Choose one above 1023: make serve PORT=8080`,
  };
  const reason = reasons[/** @type {keyof typeof reasons} */ (error.code)] ?? error.message;
  console.error(`\nerror: ${reason}`);
  process.exit(1);
}

if (!Number.isInteger(port) || port < 1 || port > 65535) {
  explain(new Error(`PORT is "${process.env.PORT}". It has to be a whole number from 1 to 65535.`));
}

if (process.argv[1] === import.meta.filename) {
  const server = createServer().on('error', explain);
  server.listen(port, HOST, () => server.close());
}
