// The augmentations, in the order in which they happen.
export const AUGMENTATIONS = /** @type {const} */ (['crop', 'flip', 'rotation', 'jitter', 'grayscale', 'blur', 'solarize']);
