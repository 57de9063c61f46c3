/** Cards, forms and their buttons. */
export const CARDS = {} as const
