import { isGuid } from '../base/index.ts';
import { createAddressReader } from './url-settings.ts';
import { createSecretReader } from './secret-settings.ts';
import { createTextReader, type Environment, type ReadFile } from './text-reader.ts';

export type SettingReader = ReturnType<typeof createSettingReader>;

/**
 * Reads settings one by one and collects what is wrong with them in `problems`. A method reports a problem and returns a
 * placeholder, which is never used. `needed…` reports a setting that is not set.
 */
export function createSettingReader(environment: Environment, readFile?: ReadFile) {
  const reader = createTextReader(environment, readFile);
  const { problems, text, neededText, report } = reader;
  return {
    ...reader,
    oneOf,
    wholeNumber,
    port,
    optionalPort,
    neededGuid,
    guids,
    neededGuids,
    ...createAddressReader(reader),
    ...createSecretReader(reader),
  };

  function oneOf<Value extends string>(name: string, values: readonly Value[], preset: Value): Value {
    const value = text(name);
    if (value === undefined) return preset;
    // Azure writes `UserAssignedMSI` where the Bot Framework writes `UserAssignedMsi`.
    const match = values.find((one) => one.toLowerCase() === value.toLowerCase());
    if (match === undefined) report(`${name} is none of ${values.join(', ')}`);
    return match ?? preset;
  }

  function wholeNumber(name: string, preset: number, least: number, most: number): number {
    const value = text(name);
    if (value === undefined) return preset;
    const number = Number(value);
    if (/^\d{1,9}$/.test(value) && number >= least && number <= most) return number;
    report(`${name} is not a whole number from ${least} to ${most}`);
    return preset;
  }

  function port(name: string, preset: number): number {
    return optionalPort(name) ?? preset;
  }

  function optionalPort(name: string): number | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (/^\d{1,5}$/.test(value) && number < 65_536) return number;
    report(`${name} is not a port from 0 to 65535`);
    return undefined;
  }

  function neededGuid(name: string): string {
    const value = neededText(name);
    if (value !== '' && !isGuid(value)) report(`${name} is not a GUID`);
    return value.toLowerCase();
  }

  /** Undefined where it is not set. */
  function guids(name: string): readonly string[] | undefined {
    return text(name) === undefined ? undefined : neededGuids(name);
  }

  function neededGuids(name: string): readonly string[] {
    const values = neededText(name)
      .split(',')
      .map((value) => value.trim().toLowerCase())
      .filter(Boolean);
    if (values.length === 0 && !problems.some((problem) => problem.startsWith(name))) report(`${name} is not set`);
    if (values.some((value) => !isGuid(value))) report(`${name} is not a list of GUIDs, separated by commas`);
    return values;
  }
}
