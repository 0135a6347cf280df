// A page of one conversation in the folder form: the address may name a message.
"use strict";

{
  const reader = readConversation(document.querySelector("main"), JSON.parse(document.getElementById("words").textContent));
  const follow = () => location.hash && reader.open(location.hash.slice(1));
  addEventListener("hashchange", follow);
  follow();
}
