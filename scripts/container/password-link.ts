#!/usr/bin/env node
// password-link someone@example.com: in a container, `docker compose exec web password-link someone@example.com`.
import { runPasswordLink } from "../operator/password-link.ts";
import { container } from "./instance.ts";

process.exitCode = await runPasswordLink(container, process.argv.slice(2));
