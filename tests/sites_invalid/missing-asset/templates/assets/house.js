import { open } from "./lib/menu.js"
