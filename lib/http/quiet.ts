/** On a call that one part of the application makes only to look: nobody who watches the lab is told of it. */
export const quietHeader = "x-loginscope-quiet";
