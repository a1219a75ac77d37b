// What a lesson is made of, and its address. The words of a lesson lie beside it, in both languages.

/**
 * @typedef {import('../engine/session.js').TrainSettings} TrainSettings
 * @typedef {import('../engine/session.js').Batch} Batch
 * @typedef {import('../engine/session.js').Policy} Policy
 *
 * @typedef {object} Start what a lesson begins with, over the quick recipe
 * @property {'shapes' | 'emoji'} [source]
 * @property {number} [side]
 * @property {Partial<TrainSettings>} [settings]
 * @property {Partial<Policy>} [policy] of the views, over the recipe's
 *
 * @typedef {object} Training a run, or more steps of the one before
 * @property {string} as its name in the lesson
 * @property {number} steps
 * @property {boolean} [on] goes on with the run before; else it begins anew
 * @property {Start['source']} [source]
 * @property {number} [side]
 * @property {Partial<TrainSettings> | ((context: Context) => Partial<TrainSettings>)} [settings] said by a function, they follow from what was predicted
 * @property {Partial<Policy>} [policy]
 * @property {readonly Measure[]} [measure] what is measured at its end
 *
 * @typedef {{ as: string, make: (context: Context) => Promise<any> }} Making something else than training, under its name; `paused` where it was ended
 *
 * @typedef {'scores' | 'probe' | 'few' | 'factors' | 'rows'} Measure nearest neighbours; these and a linear probe;
 *   ten labels a class; the table of factors; h and z of every picture
 *
 * @typedef {object} Result what a run of a lesson came to
 * @property {string} source
 * @property {number} side
 * @property {TrainSettings} settings
 * @property {number} steps all that were made
 * @property {readonly number[]} losses
 * @property {import('../train/curves.js').Curves} curves
 * @property {import('contrastive-playground').Levels} levels
 * @property {Batch} [batch] its last
 * @property {import('../train/filling.js').Filling} [filling]
 * @property {boolean} [paused] it has not come to its end
 * @property {Blob} [file] a checkpoint: who turns back sees the run again; none of what was recorded
 * @property {import('contrastive-playground').Kinds} [kinds] how well neighbours share their kind
 * @property {import('contrastive-playground').JudgedReport} [report]
 * @property {import('contrastive-playground').FewReport} [few]
 * @property {import('contrastive-playground').FactorTable} [factors]
 * @property {import('./rows.js').Rows} [h] a row a picture
 * @property {import('./rows.js').Rows} [z]
 *
 * @typedef {object} Page what is needed of it
 * @property {import('../engine/session.js').Session} [session] none where it could not start: what needs no training is taught all the same
 * @property {import('../engine/session.js').Session} engine
 * @property {{ lectern?: import('./standing.js').Lectern, source: any, side: number, running: boolean, busy: boolean, station: string, settings?: import('../engine/session.js').TrainSettings,
 *   progress: { done: number, steps: number }, curves: import('../train/curves.js').Curves, levels: import('contrastive-playground').Levels,
 *   batch?: import('../engine/session.js').Batch, filling?: import('../train/filling.js').Filling, rehearsal?: import('../engine/session.js').Batch, cell: { row: number, column?: number },
 *   sight?: import('../learned/watching.js').Seen, points?: import('../learned/points.js').Watched, pictures: readonly import('../engine/session.js').Square[], album: readonly import('../engine/session.js').Square[] }} state
 * @property {(change: any) => void} set
 * @property {Promise<void>} started
 * @property {Promise<unknown>} loaded the pictures that were asked for last are there
 * @property {(task: () => unknown) => Promise<void>} attempt
 * @property {(source?: string) => { side: number, settings: import('../engine/session.js').TrainSettings }} usual
 * @property {(source: any, side: number, settings: import('../engine/session.js').TrainSettings) => Promise<void>} begin with other pictures or settings
 * @property {(station: string) => void} visit
 * @property {{ train: () => Promise<void>, pause: () => void, halt: () => Promise<void>, goOn: (run: import('../train/running.js').Gone) => Promise<void> }} running
 * @property {{ look: () => Promise<void> }} watching
 * @property {{ measured?: import('../engine/session.js').Measured }} learning
 * @property {{ rests: boolean }} keeping
 * @property {{ use: (policy: import('../engine/session.js').Policy) => Promise<void> }} views
 *
 * @typedef {object} Context what a step's functions are handed
 * @property {Page} page
 * @property {Pick<import('../engine/session.js').Session, 'preview' | 'check'>} engine the page's, or what stands in for it where there is none
 * @property {Page['state']} state of the page
 * @property {Record<string, any>} results of the lesson's runs by name: a {@link Result}, or what was made
 * @property {any} guess of this step
 * @property {any} [paused] what the step's run came to until it was paused
 * @property {boolean} begun something of the answer is there, or being made: the prediction stands
 * @property {AbortSignal} [signal] that the step whose run is under way has been left or paused
 * @property {(step: number) => any} guessed what was predicted at a step, counted from 1
 * @property {(guess: any) => void} choose predicts: for widgets
 *
 * @typedef {object} Guess a prediction
 * @property {'choice' | 'curve' | 'picture' | 'beside'} kind `beside`: it is made there, by `choose`
 * @property {readonly string[]} [options] of a choice: `s2.option.<name>` are their words; of a curve, the shapes offered beside drawing it
 * @property {(context: Context) => Promise<import('contrastive-playground').Levels | undefined>} [levels] between which a curve is drawn, where that is not on the stage's chart
 * @property {(context: Context) => Promise<{ query?: Shown, options: readonly Shown[] }>} [pictures] that can be chosen from
 *
 * @typedef {{ rgb: Uint8Array | Uint8ClampedArray, side: number, name: string }} Shown a square, in RGB or RGBA
 *
 * @typedef {object} Step its words are `s<number>.title`, `.say`, `.guess` (the question), `.run` (the button),
 *   `.notice`, `.why`, and what else is said below
 * @property {boolean} [anew] begins with the lesson's own settings, whatever was run before
 * @property {string} [at] `stage` or a station: what stands beside it
 * @property {readonly string[]} [shows] the parts of that which are needed (names of `www/page/hiding.js`); without it all are
 * @property {(context: Context) => { row: number } | undefined} [cell] of the batch's table, that the words speak of
 * @property {readonly string[] | ((context: Context) => readonly string[])} [points] at whom, which may depend on what came: a selector in the page,
 *   and then in the shadow of what was found, and so on
 * @property {Guess} [guess]
 * @property {Training | Making | readonly (Training | Making)[]} [run] several are done one after the other
 * @property {readonly string[]} [needs] results without which it says nothing; who comes by a link has them made. The stage shows the last of them until the step has run
 * @property {(context: Context) => unknown} [widget] something of its own in the panel, as a Lit template
 * @property {(context: Context) => unknown} [beside] something of its own beside the panel, above what else stands there
 * @property {(context: Context) => Record<string, string | number>} [given] fills its words, and is there before any run
 * @property {(context: Context) => Record<string, string | number> | undefined} [values] likewise, from what it needs and runs
 * @property {(context: Context) => string} [verdict] of the guess once it is run: `s2.verdict.<name>` is said
 * @property {(context: Context) => boolean} [task] what is to be done on the page is done
 * @property {(context: Context) => unknown} [help] does it
 * @property {{ options: readonly string[], right: string }} [check] a question while it trains: `s2.check`, `s2.check.<option>`, and of a wrong
 *   answer, or the right one, a sentence of its own in `s2.check.<option>.so`
 *
 * @typedef {object} Lesson
 * @property {string} name under which its words are: `lesson.<name>.…`
 * @property {{ en: Record<string, string>, zh: Record<string, string> }} words
 * @property {number} seconds that its runs take together on a laptop's CPU, measured (`docs/workshop.md`)
 * @property {Start} start
 * @property {readonly Step[]} steps
 */

/** What a step runs, in order. @param {Step} step @returns {readonly (Training | Making)[]} */
export function runsOf({ run = [] }) {
  return 'as' in run ? [run] : run;
}

/** At whom a step points just now. @param {Step} step @param {Context} context */
export function pointsOf({ points = [] }, context) {
  return typeof points === 'function' ? points(context) : points;
}

/**
 * Which lesson and step an address asks for, both counted as the course does: lessons from 0, steps from 1.
 * @param {string} hash `#lesson=3.2` @returns {{ lesson?: number, step: number } | undefined} without a lesson, the list of all
 */
export function addressed(hash) {
  const found = /^#?lesson(?:=(\d+)(?:\.(\d+))?)?$/.exec(hash);
  if (!found) return undefined;
  const [, lesson, step] = found;
  return { lesson: lesson === undefined ? undefined : Number(lesson), step: Math.max(1, Number(step ?? 1)) };
}

/** @param {number} lesson @param {number} [step] */
export function addressOf(lesson, step = 1) {
  return `#lesson=${lesson}${step > 1 ? `.${step}` : ''}`;
}
