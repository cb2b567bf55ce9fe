/** Bytes as lower-case hex. */
export type Hex = string;

/** The input of each operation; a member with `?` is one that a port may draw itself. */
export interface Inputs {
@INPUTS@}

/** The output of each operation. */
export interface Outputs {
@OUTPUTS@}

/** The operation that opens what a seal puts out. */
export interface OpenedBy {
@OPENED_BY@}

export type Operation = keyof Inputs;
export type Reason = @REASONS@;
export type CostClass = "fast" | "slow" | "heavy" | "hostile";

/** Exactly one of: this output, a refusal for one of these reasons, a seal that opens to these fields. */
export type Expect<O extends Operation = Operation> =
  | { output: Outputs[O] }
  | { reject: Reason[] }
  | (O extends keyof OpenedBy ? { opens: Outputs[OpenedBy[O]] } : never);

export interface Case<O extends Operation = Operation> {
  /** Unique in the file and never used again. */
  id: number;
  name: string;
  why: string;
  flags: string[];
  /** In cases that must be refused: the case from which it was made. */
  derived_from?: number;
  input: Inputs[O];
  expect: Expect<O>;
  /** Intermediate values by name. */
  trace: Record<string, string>;
  confirmed_by: string[];
}

export interface Flag {
  bug: string;
  why: string;
  effect: string;
  links: string[];
  cves: string[];
}

export interface FileOf<O extends Operation> {
  /** `<family>/<topic>` */
  path: string;
  format: 1;
  operation: O;
  title_text: string;
  policy: string;
  cost: CostClass;
  spec: string[];
  source: { recipe: string; seed: Hex; oracles: Record<string, string> };
  flags: Record<string, Flag>;
  cases: Case<O>[];
}

/** A file; its `operation` tells the types of its cases. */
export type VectorFile = { [O in Operation]: FileOf<O> }[Operation];

export interface IndexedFile {
  path: string;
  sha256: Hex;
  operation: Operation;
  policy: string;
  cost: CostClass;
  cases: number;
  positives: number;
  negatives: number;
}

export interface Index {
  format: 1;
  files_total: number;
  cases_total: number;
  positives_total: number;
  negatives_total: number;
  files: IndexedFile[];
}

export interface Errata {
  format: 1;
  retired_files: string[];
  retired: { case: string; input_sha256: Hex; why: string; since: string; replaced_by: string[] }[];
}

export interface Requirements {
  format: 1;
  name: string;
  suite: string;
  policies: string[];
  cases_total: number;
  files: { path: string; cases: Record<string, Hex> }[];
}

export function index(): Index;
/** Every file, checked against the index. */
export function files(): VectorFile[];
/** One file, `<family>/<topic>`. */
export function file(path: string): VectorFile;
export function canaryIndex(): Index;
/** Files whose every expectation is wrong on purpose. */
export function canary(): VectorFile[];
export function errata(): Errata;
export function requirements(): Requirements[];
/** By what a requirement set knows a case. */
export function caseHash(file: VectorFile, one: Case): Hex;
