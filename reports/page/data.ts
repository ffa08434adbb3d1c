import type { Json } from "../../preview/preview-document";
import { kindName, madeResources } from "../summary";
import type { AccessMap } from "./access-map";
import type { PageInput } from "./input";
import type { Release } from "./releases";

/** What the script shows when it is asked for: everything that is too much for a first look. */
export function dataOf(
  { document, roles = [] }: PageInput,
  { arrows }: AccessMap,
  releases: readonly { readonly release: Release; readonly picture: string }[],
): Json {
  return {
    stacks: document.stacks.map((stack) => ({
      name: stack.name,
      resources: madeResources(stack).map(({ urn, type, name, inputs, protect }) => ({
        urn,
        kind: kindName(type),
        name,
        inputs,
        protect,
      })),
    })),
    arrows: arrows.map(({ id, sentence, places }) => ({
      id,
      sentence,
      places: places.map(({ stack, urn, path, index }) => [stack, urn, path, index]),
    })),
    releases: releases.map(({ release, picture }) => ({
      name: release.pipeline.name,
      application: release.application,
      facts: [...release.pipeline.triggers.map((trigger) => `on ${trigger}`), release.pipeline.mode]
        .filter((fact) => fact !== "")
        .join(" · "),
      picture,
    })),
    roles: roles.map(({ stack, urn, name, purpose, enteredBy, may, limits }) => ({
      stack,
      urn,
      name,
      purpose,
      enteredBy,
      may,
      limits,
    })),
  };
}
