// What every page needs beside its HTML. Every page can be read without this file; each module stands alone.
import { bindKeys } from './keys.js';
import { bindPanels } from './panels.js';
import { bindBulk } from './bulk.js';
import { bindChanges } from './changes.js';
import { bindDrafts } from './drafts.js';
import { bindFiles } from './files.js';
import { bindImport } from './import.js';
import { bindRegister } from './register.js';
import { bindSession } from './session.js';
import { bindSwap } from './swap.js';

for (const bind of [
  bindPanels, bindBulk, bindSwap, bindKeys, bindSession, bindChanges, bindDrafts, bindFiles, bindRegister, bindImport,
]) bind(document);
