import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { plain } from '../intake/failure.js';
import { KEPT_SIDE } from '../intake/limits.js';
import { squareOf } from '../intake/square.js';
import { shared } from '../ui/styles.js';

/** Milliseconds between the pictures of a burst. */
const PERIOD = 200;
const LONGEST = 200;
const SIZE = { width: { ideal: 640 }, height: { ideal: 640 } };

/** What the browser's errors mean here. @type {Record<string, string>} */
const CODES = {
  NotAllowedError: 'cameraDenied',
  SecurityError: 'cameraDenied',
  NotFoundError: 'noCamera',
  OverconstrainedError: 'noCamera',
  NotReadableError: 'cameraBusy',
  AbortError: 'cameraBusy',
};

/** Numbers all pictures of the page, so that no two have the same name. */
let serial = 0;

/**
 * Takes pictures with a webcam, one by one or in bursts. While the camera is open, the element has the
 * attribute `open`.
 *
 * Fires `pictures` for each picture (an array of one `{ name, label, side, rgb }`; `label` is undefined
 * where there is none) and `problem` (`{ code, details, message }`).
 */
export class WebcamCapture extends LitElement {
  static properties = {
    disabled: { type: Boolean },
    label: {},
    burst: { type: Number },
    stream: { state: true },
    cameras: { state: true },
    asking: { state: true },
    run: { state: true },
    taken: { state: true },
  };

  static styles = [
    shared,
    css`
      :host([open]) { flex: 1 1 100%; min-width: 0; }
      .parts { display: flex; flex-wrap: wrap; align-items: start; gap: .9rem; }
      video { flex: 1 1 12rem; min-width: 0; max-width: 18rem; aspect-ratio: 1; object-fit: cover; background: var(--line); border-radius: var(--radius); }
      video.mirrored { transform: scaleX(-1); }
      .side { min-width: 0; }
      :host([open]) .side { flex: 1 1 14rem; display: grid; gap: .7rem; max-width: 26rem; }
      .fields { display: grid; grid-template-columns: minmax(0, 1fr) 8rem; gap: .7rem; }
      label { display: grid; gap: .2rem; font-size: .88rem; }
      label > * { width: 100%; min-width: 0; font-size: 1rem; }
      #burst { min-width: 8rem; }
      :host([open]) [role='status'] { min-height: 1.5em; }
    `,
  ];

  /** Aborted when the camera is let go of. */
  #use = new AbortController();
  /** Set once a camera was chosen from the list. @type {string | undefined} */ #chosen;
  /** @type {ReturnType<typeof setInterval> | undefined} */ #timer;

  constructor() {
    super();
    this.disabled = false;
    this.label = '';
    this.burst = 20;
    /** @type {MediaStream | undefined} */ this.stream = undefined;
    /** @type {MediaDeviceInfo[]} */ this.cameras = [];
    /** The browser has been asked for a camera. */ this.asking = false;
    /** What is being taken. @type {{ done: number, total: number, burst: number, label?: string } | undefined} */
    this.run = undefined;
    /** Pictures since the camera was opened. */ this.taken = 0;
    new Localized(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
  }

  /** @param {Map<string, unknown>} changed */
  update(changed) {
    this.toggleAttribute('open', Boolean(this.stream));
    const focused = this.shadowRoot?.activeElement;
    super.update(changed);
    // Who pressed a button that is gone goes on from the one in its place.
    if (focused && !focused.isConnected) this.#find('#burst, #open')?.focus();
  }

  render() {
    const { stream, disabled } = this;
    return html`<div class="parts">
      ${stream ? this.#video() : nothing}
      <div class="side">
        ${stream
          ? [this.#choice(), this.#fields(), this.#buttons()]
          : html`<button id="open" ?disabled=${disabled} @click=${() => this.asking || this.#open()}>
              ${t('webcam.open')}
            </button>`}
        <p class="number" role="status">${this.#status()}</p>
      </div>
    </div>`;
  }

  #video() {
    return html`<video
      class=${this.#settings.facingMode === 'user' ? 'mirrored' : ''}
      aria-label=${t('webcam.preview')}
      autoplay
      playsinline
      .muted=${true}
      .srcObject=${this.stream}
    ></video>`;
  }

  #choice() {
    if (this.cameras.length < 2) return nothing;
    const used = this.#settings.deviceId;
    return html`<label>
      ${t('webcam.camera')}
      <select @change=${this.#choose}>
        ${this.cameras.map(
          ({ deviceId, label }, index) => html`<option value=${deviceId} .selected=${deviceId === used}>
            ${label || t('webcam.unnamed', { number: index + 1 })}
          </option>`,
        )}
      </select>
    </label>`;
  }

  #fields() {
    return html`<div class="fields">
      <label>
        ${t('webcam.label')}
        <input name="label" autocomplete="off" .value=${this.label} @input=${this.#setLabel} />
      </label>
      <label>
        ${t('webcam.burst')}
        <input name="burst" type="number" min="1" max=${LONGEST} .value=${String(this.burst)} @change=${this.#setBurst} />
      </label>
    </div>`;
  }

  #buttons() {
    const { run, asking, burst } = this;
    return html`<div class="row">
      <button id="burst" class="primary" ?disabled=${asking} @click=${() => (run ? this.#stop() : this.#take(burst))}>
        ${t(run ? 'webcam.stop' : 'webcam.takeBurst')}
      </button>
      <button ?disabled=${asking || run} @click=${() => this.#take(1)}>${t('webcam.takeOne')}</button>
      <button @click=${this.#close}>${t('webcam.close')}</button>
    </div>`;
  }

  #status() {
    if (this.asking) return t('webcam.asking');
    if (this.run) return t('webcam.progress', this.run);
    return this.taken ? t('webcam.taken', { count: this.taken }) : '';
  }

  /** Opens a camera in place of the one in use, if any. */
  async #open() {
    // First, since many phones cannot have two cameras open.
    this.#letGo();
    const { signal } = (this.#use = new AbortController());
    this.asking = true;
    try {
      const stream = await openCamera(this.#chosen);
      const tracks = stream.getTracks();
      const stop = () => tracks.forEach((track) => track.stop());
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop);
      for (const track of tracks) track.addEventListener('ended', this.#lost, { signal });
      navigator.mediaDevices.addEventListener('devicechange', this.#list, { signal });
      this.stream = stream;
      this.asking = false;
      await this.#list();
    } catch (error) {
      if (!signal.aborted) this.#failed(/** @type {Error} */ (error));
    }
  }

  #letGo() {
    this.#stop();
    this.#use.abort();
    this.asking = false;
  }

  #close() {
    this.#letGo();
    this.stream = undefined;
    this.taken = 0;
  }

  /** The camera was unplugged, or the system took it away. */
  #lost = () => this.#failed(new DOMException('the camera has stopped', 'NotReadableError'));

  /** @param {Error} error */
  #failed({ name, message }) {
    this.#close();
    // The next attempt does not insist on a camera that cannot be used.
    this.#chosen = undefined;
    const code = CODES[name] ?? 'cameraFailed';
    const details = code === 'cameraFailed' ? { reason: message || name } : {};
    this.#fire('problem', { code, details, message });
  }

  /** Cameras have names only after one was opened. */
  #list = async () => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    this.cameras = devices.filter(({ kind }) => kind === 'videoinput');
  };

  get #settings() {
    return this.stream?.getVideoTracks()[0]?.getSettings() ?? {};
  }

  /** @param {Event} event */
  #choose(event) {
    this.#chosen = /** @type {HTMLSelectElement} */ (event.target).value;
    this.#open();
  }

  /** @param {Event} event */
  #setLabel(event) {
    this.label = /** @type {HTMLInputElement} */ (event.target).value;
  }

  /** @param {Event} event */
  #setBurst(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const { valueAsNumber: wanted } = input;
    if (!Number.isNaN(wanted)) this.burst = Math.min(LONGEST, Math.max(1, Math.round(wanted)));
    input.value = String(this.burst);
  }

  /** @param {number} total */
  #take(total) {
    this.run = { done: 0, total, label: this.label.trim() || undefined, burst: Date.now() };
    this.#timer = setInterval(this.#snap, PERIOD);
    this.#snap();
  }

  #stop() {
    clearInterval(this.#timer);
    this.run = undefined;
  }

  #snap = async () => {
    const video = /** @type {HTMLVideoElement | null} */ (this.#find('video'));
    // A camera that was just opened may not have sent a picture yet, and is asked again.
    if (!this.run || !video || video.readyState < video.HAVE_CURRENT_DATA) return;
    // Drawn as it is, a video is black at times when the machine is busy.
    const frame = await createImageBitmap(video).catch(() => undefined);
    if (!frame || !this.run) return frame?.close();
    const { done, total, label, burst } = this.run;
    this.run = { done: done + 1, total, label, burst };
    this.taken += 1;
    if (this.run.done >= total) this.#stop();
    const name = `camera-${new Date().toISOString().replace(/[:.]/g, '-')}.${++serial}`;
    try {
      const rgb = await squareOf(frame, frame.width, frame.height);
      this.#fire('pictures', [{ name, label, burst, side: KEPT_SIDE, rgb }]);
    } catch (error) {
      this.#stop();
      this.#fire('problem', plain(error));
    } finally {
      frame.close();
    }
  };

  /** @param {string} selector @returns {HTMLElement | null} */
  #find(selector) {
    return this.renderRoot.querySelector(selector);
  }

  /** @param {string} type @param {unknown} detail */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Unless one is named, a phone's camera that looks away from its user. @param {string} [deviceId] */
async function openCamera(deviceId) {
  // Browsers offer no cameras to pages that did not come over HTTPS.
  if (!navigator.mediaDevices) throw new DOMException('no cameras are offered to this page', 'NotFoundError');
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: 'environment' } };
  return navigator.mediaDevices.getUserMedia({ video: { ...SIZE, ...which }, audio: false });
}

define('webcam-capture', WebcamCapture);
