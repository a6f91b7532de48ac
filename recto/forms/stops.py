"""The signs that end a sentence, in every script (UAX 29, Sentence_Terminal)."""

from __future__ import annotations

FULL_STOPS = ".!?…։؝؞؟۔܀܁܂߹࠷࠹࠽࠾।॥၊။።፧፨᙮᜵᜶᠃᠉᥄᥅᪨᪩᪪᪫᭚᭛᭞᭟᰻᰼᱾᱿‼‽⁇⁈⁉⸮⸼꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫。｡．！？﹒﹖﹗︒་།"
