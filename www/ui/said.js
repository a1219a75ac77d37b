// How the mark looks of what somebody said that a bar or a level would come to, in whatever chart: dotted, and as warm as a curve that is drawn.
import { css } from 'lit';

/** Declarations for a rule of a chart's own, which says where the mark stands. */
export const saidLook = css`width: 0; border-inline-start: calc(1.5 * var(--stroke, 2px)) dotted var(--warm); border-radius: 0; background: var(--card); box-shadow: 0 0 0 1.5px var(--card);`;
