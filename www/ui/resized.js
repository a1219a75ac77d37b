/** Tells an element of its size, now and whenever it changes, for as long as it is on the page. */
export class Resized {
  /** @param {import('lit').ReactiveControllerHost & Element} host @param {(size: { width: number, height: number }) => void} heard */
  constructor(host, heard) {
    this.host = host;
    this.observer = new ResizeObserver(([{ contentRect: { width, height } }]) => heard({ width, height }));
    host.addController(this);
  }

  hostConnected() {
    this.observer.observe(this.host);
  }

  hostDisconnected() {
    this.observer.disconnect();
  }
}
