#!/usr/bin/env node
"use strict";
require("../preview/loader.js");
require("./slipway.ts");
