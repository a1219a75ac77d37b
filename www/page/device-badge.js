import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/** More than the engine takes by itself, where somebody wants them. */
const CORES = Math.min(navigator.hardwareConcurrency ?? 1, 16);

/**
 * Names the device and, where WebGPU was not taken, the reason; where there is none, it is `missing` or still to come.
 * Of the CPU also how many cores are used; fires `instances` (detail: how many) for another number.
 */
export class DeviceBadge extends LitElement {
  static properties = { device: { attribute: false }, missing: { type: Boolean }, instances: { type: Number } };

  static styles = [
    shared,
    css`
      p, summary { font-size: var(--small); line-height: 1.4; color: var(--faint); }
      summary { cursor: pointer; }
      strong { color: var(--ink); }
      div { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; }
      label { font-size: var(--small); color: var(--faint); }
      select { min-height: 1.6rem; padding: 0 .3rem; font-size: var(--small); }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../engine/session.js').DeviceReport | undefined} */ this.device = undefined;
    this.missing = false;
    this.instances = 1;
    new Localized(this);
  }

  render() {
    const { device, missing } = this;
    if (!device) return html`<p role="status">${t(missing ? 'device.missing' : 'loading')}</p>`;
    const adapter = device.adapter || t('device.unnamed');
    const name = html`${t('device.label')} <strong>${t(`device.${device.kind}`)}</strong>`;
    // Over http a browser offers it to nobody but the machine itself.
    const reason = device.reason === 'noWebGpu' && !isSecureContext ? 'insecure' : device.reason;
    if (!reason) return html`<p role="status">${name} ${device.kind === 'webgpu' ? adapter : nothing}</p>`;
    // Why it is not WebGPU is told to who asks.
    return html`<div role="status">
      <details>
        <summary>${name}</summary>
        <p>${t(`device.reason.${reason}`, { adapter, cause: device.cause ?? '' })}</p>
        ${CORES > 1 ? html`<p>${t('device.coresAbout')}</p>` : nothing}
      </details>
      ${this.#cores()}
    </div>`;
  }

  /** How many are used, and may be. */
  #cores() {
    const { instances } = this;
    const most = Math.max(CORES, instances);
    if (most === 1) return nothing;
    const choose = (/** @type {any} */ event) => this.dispatchEvent(new CustomEvent('instances', { detail: Number(event.target.value) }));
    return html`<label>
      ${t('device.cores')}
      <select name="instances" title=${t('device.coresAbout')} @change=${choose}>
        ${Array.from({ length: most }, (_, less) => less + 1).map(
          (count) => html`<option value=${count} .selected=${count === instances}>${count}</option>`,
        )}
      </select>
    </label>`;
  }
}

define('device-badge', DeviceBadge);
