import { type AuthorIndex, scopedKey } from './identity.ts';
import { nameKey } from './names.ts';

/** Model ids by name: exact once separators and the author's spelling are set aside, never by likeness. */
export class NameIndex {
  readonly #authors: AuthorIndex;
  readonly #scoped = new KeyTable();
  readonly #bare = new KeyTable();

  constructor(authors: AuthorIndex) {
    this.#authors = authors;
  }

  /** A name that is the model's own. Two models can not have the same one. */
  addOwnName(name: string, modelId: string): void {
    const split = this.#authors.split(name);
    const holder = this.#scoped.own(scopedKey(split));
    if (holder !== undefined && holder !== modelId) {
      throw new Error(`catalogue: ${name} is claimed by ${String(holder)} and ${modelId}`);
    }
    this.#scoped.add('own', scopedKey(split), modelId);
    // Routers and unnamed tests have common words for names: they need their prefix.
    if (split.prefix === null || split.author !== null) this.#bare.add('own', nameKey(split.name), modelId);
  }

  /** A title or a repository under an author: it yields to the own names of models. */
  addOtherName(name: string, modelId: string): void {
    const split = this.#authors.split(name);
    this.#scoped.add('other', scopedKey(split), modelId);
    // "R1" alone says too little, though DeepSeek's R1 does not.
    if (nameKey(split.name).length > 3) this.#bare.add('other', nameKey(split.name), modelId);
  }

  /** The model of `author/name`, or of a bare name that only one model has. */
  find(name: string): string | null {
    const split = this.#authors.split(name);
    if (nameKey(split.name) === '') return null;
    return split.prefix === null ? this.#bare.find(nameKey(split.name)) : this.#scoped.find(scopedKey(split));
  }

  /** Every name and its model in a fixed order, so that a version can be taken of it. */
  entries(): [name: string, modelId: string][] {
    return [
      ...this.#scoped.entries(),
      ...this.#bare.entries().map(([key, id]): [string, string] => [`*/${key}`, id]),
    ];
  }
}

/** Names in two strengths; a name that stands for two models of one strength stands for none. */
class KeyTable {
  readonly #names = { own: new Map<string, string | null>(), other: new Map<string, string | null>() };

  add(strength: 'own' | 'other', key: string, modelId: string): void {
    const names = this.#names[strength];
    const holder = names.get(key);
    names.set(key, holder === undefined || holder === modelId ? modelId : null);
  }

  own(key: string): string | null | undefined {
    return this.#names.own.get(key);
  }

  find(key: string): string | null {
    const own = this.#names.own.get(key);
    return own === undefined ? (this.#names.other.get(key) ?? null) : own;
  }

  entries(): [string, string][] {
    const keys = new Set([...this.#names.own.keys(), ...this.#names.other.keys()]);
    return [...keys].sort().flatMap((key): [string, string][] => {
      const modelId = this.find(key);
      return modelId === null ? [] : [[key, modelId]];
    });
  }
}
