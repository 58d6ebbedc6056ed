/** Where an operator's command runs: a checkout (scripts/launcher/operator-place.ts) or a container. */
export interface OperatorPlace {
  /** How a command is called there: `npm run rotate-keys`. */
  nameOf(command: string): string;
  /** The same with arguments. */
  callOf(command: string, args: string): string;
  /** The instance of the environment; `migrates` where the command writes what only this version knows. */
  open(options: { migrates: boolean }): Promise<OpenInstance>;
}

export interface OpenInstance {
  databaseUrl: string;
  /** The first one encrypts, all of them decrypt. */
  encryptionKeys: readonly Buffer[];
  /** Public base URL, without a slash at its end. */
  url: string;
  close(): Promise<void>;
}

export const say = (text: string) => console.log(`- ${text}`);
