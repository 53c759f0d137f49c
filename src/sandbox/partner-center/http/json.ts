/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object of JSON; fields that are undefined are left out when it is written. */
export type JsonObject = { readonly [name: string]: Json | undefined };
