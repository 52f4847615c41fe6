/** Who or what did something: a person (the SSH user), or a part of the program on a schedule. */
export type Actor = { readonly kind: 'person' | 'program'; readonly name: string };
