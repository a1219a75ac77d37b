import { LitElement, css, html, nothing } from 'lit';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/** Names the device and, where WebGPU was not taken, the reason. */
export class DeviceBadge extends LitElement {
  static properties = { device: { attribute: false } };

  static styles = [
    shared,
    css`
      p { font-size: .92rem; }
      strong { padding: .15rem .55rem; border: 1px solid var(--line); border-radius: 99px; background: var(--card); }
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
    return html`
      <p role="status">
        ${t('device.label')} <strong>${t(`device.${device.kind}`)}</strong>
        ${device.kind === 'webgpu' ? html`<span class="faint">${adapter}</span>` : nothing}
        ${device.reason
          ? html`<span class="faint">
              ${t(`device.reason.${device.reason}`, { adapter, cause: device.cause ?? '' })}
            </span>`
          : nothing}
      </p>
    `;
  }
}

customElements.define('device-badge', DeviceBadge);
