/** A map that forgets the oldest of what it holds: for what is good to know and can be done without. */
export class BoundedMap<V> {
  readonly #held = new Map<string, V>()
  readonly #max: number
  constructor(max: number) {
    this.#max = max
  }
  get(key: string): V | undefined {
    return this.#held.get(key)
  }
  set(key: string, value: V): void {
    this.#held.delete(key)
    this.#held.set(key, value)
    const [oldest] = this.#held.keys()
    if (this.#held.size > this.#max && oldest !== undefined) this.#held.delete(oldest)
  }
  delete(key: string): void {
    this.#held.delete(key)
  }
}
