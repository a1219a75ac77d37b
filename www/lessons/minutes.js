// How long a lesson takes: one reads it, predicts and answers, and waits for what it runs.

/** Words that are read in a minute, and seconds for a prediction or an answer, and for a task on the page. */
const [WORDS, CHOICE, TASK] = [200, 5, 20];

/** Reckoned, as nobody reads alike. @param {import('./lesson.js').Lesson} lesson @returns {number} */
export function minutesOf({ words: { en }, steps, seconds }) {
  /** @type {Map<string, number>} */
  const words = new Map();
  for (const [key, text] of Object.entries(en).filter(([key]) => /^s\d/.test(key))) {
    // Of the verdicts, and of what is said of the answers, one is read.
    const place = key.replace(/(verdict|came)\.\w+$/, '$1').replace(/check\.\w+\.so$/, 'check.so');
    words.set(place, Math.max(words.get(place) ?? 0, text.split(/\s+/).length));
  }
  const reading = (/** @type {boolean} */ asked) => [...words].reduce((sum, [key, count]) => sum + (key.includes('check') === asked ? count : 0), 0) / WORDS;
  const doing = steps.reduce((sum, { guess, task }) => sum + (guess ? CHOICE : 0) + (task ? TASK : 0), 0) / 60;
  const answering = (steps.filter(({ check }) => check).length * CHOICE) / 60;
  // Questions are for the time that training takes.
  return reading(false) + doing + Math.max(seconds / 60, reading(true) + answering);
}
