"""The signs that end a sentence, in every script (UAX 29, Sentence_Terminal)."""

from __future__ import annotations

import re

FULL_STOPS = ".!?…։؝؞؟۔܀܁܂߹࠷࠹࠽࠾।॥၊။።፧፨᙮᜵᜶᠃᠉᥄᥅᪨᪩᪪᪫᭚᭛᭞᭟᰻᰼᱾᱿‼‽⁇⁈⁉⸮⸼꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫。｡．！？﹒﹖﹗︒་།"

# How a sentence ends, or a part of one: what no heading does
CLAUSE_END = re.compile(rf"[{FULL_STOPS};:,][\"'”’»)\]]*$")
