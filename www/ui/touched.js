/** Is the page worked with fingers, by which nothing can be pointed at? */
export const touched = () => matchMedia('(pointer: coarse)').matches;
