#!/usr/bin/env node
// rotate-keys [--check] [--batch=200]: in a container, `docker compose exec web rotate-keys`.
import { runRotateKeys } from "../operator/rotate-keys.ts";
import { container } from "./instance.ts";

process.exitCode = await runRotateKeys(container, process.argv.slice(2));
