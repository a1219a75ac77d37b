/**
 * Redraws a Lit element, or does something else to it, on each `change` of something that all elements share, and when it
 * comes back to the page: a station that is closed is kept, and hears of nothing.
 */
export class Listening {
  /** @param {import('lit').ReactiveControllerHost} host @param {EventTarget} target @param {() => void} [heard] */
  constructor(host, target, heard = () => host.requestUpdate()) {
    this.target = target;
    this.heard = heard;
    this.left = false;
    host.addController(this);
  }

  hostConnected() {
    this.target.addEventListener('change', this.heard);
    if (this.left) this.heard();
  }

  hostDisconnected() {
    this.left = true;
    this.target.removeEventListener('change', this.heard);
  }
}
