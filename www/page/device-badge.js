import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/** Names the device and, where WebGPU was not taken, the reason. */
export class DeviceBadge extends LitElement {
  static properties = { device: { attribute: false } };

  static styles = [
    shared,
    css`
      /* Why it is not WebGPU is in the tip, too. */
      p { overflow: hidden; font-size: var(--small); line-height: 1.4; color: var(--faint); white-space: nowrap; text-overflow: ellipsis; }
      strong { color: var(--ink); }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../engine/session.js').DeviceReport | undefined} */ this.device = undefined;
    new Localized(this);
  }

  render() {
    const { device } = this;
    if (!device) return html`<p role="status">${t('loading')}</p>`;
    const adapter = device.adapter || t('device.unnamed');
    const reason = device.reason && t(`device.reason.${device.reason}`, { adapter, cause: device.cause ?? '' });
    return html`
      <p role="status" title=${reason ?? nothing}>
        ${t('device.label')} <strong>${t(`device.${device.kind}`)}</strong>
        ${device.kind === 'webgpu' ? html`<span class="faint">${adapter}</span>` : nothing}
        ${reason ? html`<span class="faint">${reason}</span>` : nothing}
      </p>
    `;
  }
}

define('device-badge', DeviceBadge);
