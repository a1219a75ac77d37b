/** Redraws a Lit element, or does something else to it, on each `change` of something that all elements share. */
export class Listening {
  /** @param {import('lit').ReactiveControllerHost} host @param {EventTarget} target @param {() => void} [heard] */
  constructor(host, target, heard = () => host.requestUpdate()) {
    this.target = target;
    this.heard = heard;
    host.addController(this);
  }

  hostConnected() {
    this.target.addEventListener('change', this.heard);
  }

  hostDisconnected() {
    this.target.removeEventListener('change', this.heard);
  }
}
