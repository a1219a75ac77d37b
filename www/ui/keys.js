/** Hears keys wherever the focus is, for as long as an element is on the page. */
export class Keys {
  /** @param {import('lit').ReactiveControllerHost} host @param {(event: KeyboardEvent) => void} heard */
  constructor(host, heard) {
    this.heard = heard;
    host.addController(this);
  }

  hostConnected() {
    window.addEventListener('keydown', this.heard);
  }

  hostDisconnected() {
    window.removeEventListener('keydown', this.heard);
  }
}

/** Is it one key alone, and has nothing the focus that it would be meant for? @param {KeyboardEvent} event */
export function isNowhere(event) {
  const target = event.composedPath()[0];
  const free = target === document.body || target === document.documentElement || (target instanceof Element && /^H\d$/.test(target.tagName));
  return free && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
}
