const HEADINGS = 'h1, h2, h3';
const CONTROLS = 'button, a[href], select';

/**
 * Who presses a button that goes away, or that is disabled while the page is busy, would be nowhere. The focus comes back
 * to the button once it can be pressed again, or else goes to a heading or a button near to where it was.
 */
export class KeptFocus {
  #busy;
  /** The element that had the focus last, and all that it was in. @type {Node[]} */ #path = [];
  #waits = false;

  /** @param {import('lit').ReactiveControllerHost} host @param {() => boolean} busy */
  constructor(host, busy) {
    this.#busy = busy;
    host.addController(this);
  }

  hostUpdate() {
    const path = pathOfFocus();
    if (path.length) [this.#path, this.#waits] = [path, false];
  }

  hostUpdated() {
    // Parts are drawn after the whole, and then browsers take the focus from what is disabled.
    if (this.#path.length) requestAnimationFrame(() => setTimeout(() => this.#look()));
  }

  #look() {
    if (!this.#path.length || pathOfFocus().length) return;
    const [element] = /** @type {HTMLElement[]} */ (this.#path);
    if (!canHave(element) && element.isConnected && this.#busy()) {
      this.#waits = true;
      return;
    }
    // What could have it was left on purpose, unless it could not a moment ago.
    if (!canHave(element)) focus(nearby(this.#path));
    else if (this.#waits) focus(element);
    [this.#path, this.#waits] = [[], false];
  }
}

/** @returns {Node[]} none where nothing has the focus */
function pathOfFocus() {
  let element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return [];
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const path = [];
  for (let node = /** @type {any} */ (element); node; node = node.assignedSlot ?? node.parentNode ?? node.host) path.push(node);
  return path;
}

/** A heading of the same part, or a control in it, or a heading of what it is in; each as near as can be. @param {Node[]} path */
function nearby(path) {
  const edge = path.findIndex((node) => node instanceof ShadowRoot) + 1;
  const [part, around] = [path.slice(1, edge), path.slice(edge)];
  return first(part, HEADINGS) ?? first(part, CONTROLS) ?? first(around, HEADINGS);
}

/** @param {Node[]} nodes @param {string} selector @returns {HTMLElement | undefined} */
function first(nodes, selector) {
  const parents = nodes.filter((node) => node.isConnected && 'querySelectorAll' in node);
  return /** @type {ParentNode[]} */ (/** @type {unknown} */ (parents))
    .flatMap((parent) => /** @type {HTMLElement[]} */ ([...parent.querySelectorAll(selector)]))
    .find(canHave);
}

/** @param {HTMLElement} element */
function canHave(element) {
  return element.isConnected && !element.matches(':disabled') && element.getClientRects().length > 0;
}

/** @param {HTMLElement | undefined} element */
function focus(element) {
  if (element && /^H\d$/.test(element.tagName)) element.tabIndex = -1;
  element?.focus({ preventScroll: true });
}
