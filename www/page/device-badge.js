import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/** Names the device and, where WebGPU was not taken, the reason; where there is none, it is `missing` or still to come. */
export class DeviceBadge extends LitElement {
  static properties = { device: { attribute: false }, missing: { type: Boolean } };

  static styles = [
    shared,
    css`
      p, summary { font-size: var(--small); line-height: 1.4; color: var(--faint); }
      summary { cursor: pointer; }
      strong { color: var(--ink); }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../engine/session.js').DeviceReport | undefined} */ this.device = undefined;
    this.missing = false;
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
      </details>
    </div>`;
  }
}

define('device-badge', DeviceBadge);
