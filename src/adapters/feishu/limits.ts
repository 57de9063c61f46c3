/**
 * What Feishu accepts, in UTF-16 units, elements or bytes of JSON; one table, read by every renderer. The platform names
 * 30 KB a card and 200 components; the rest is what its clients show without cutting.
 */
export const LIMITS = {
  /** Of a card's JSON, with a margin for the envelope it travels in. */
  cardBytes: 28_000,
  components: 200,
  markdown: 3000,
  factText: 800,
  smallText: 1500,
  title: 150,
  summary: 300,
  buttonText: 60,
  actionValue: 2000,
  /** More are refused, and each counts as a component. */
  options: 100,
  optionText: 60,
  optionValue: 500,
  placeholder: 80,
  confirmTitle: 100,
  confirmText: 300,
  buttonsInRow: 10,
  url: 1500,
  inputLabel: 300,
  /** Feishu lets an input hold a thousand characters, whatever the form would allow. */
  inputText: 1000,
  formState: 2000,
  /** Of a post's JSON. */
  postBytes: 28_000,
  authorName: 80,
  /** What fits into a toast without being cut. */
  toast: 120,
  uuid: 50,
} as const
