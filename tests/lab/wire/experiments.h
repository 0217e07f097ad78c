// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/wire/room.h"

namespace halfopen::test {

/// The rooms of one run. Settings of a namespace hold for all experiments in it, so each set of them has its own.
struct Rooms {
    Room& plain;    ///< the kernel's defaults; experiments set options on their sockets
    Room& settings; ///< keepalive 4/2/2, retries2 6, orphan_retries 5, syn_retries 3 with 3 linear, synack_retries 3,
                    ///< fin_timeout 7
    Room& second;   ///< retries2 7, syn_retries 2 with none linear, fin_timeout 64; experiments change keepalive in it
    Room& unreachable; ///< dead peers are answered for by ICMP host unreachable
    Room& unplugged;   ///< its wire is pulled after one second
};

/// Each starts its experiments on the stage; the letters are those of the table that they print.
void startKeepalive(Stage& stage, const Rooms& rooms);      ///< K1 to K8, V6, I1, I3, I4, C1, F2, P1
void startUserTimeout(Stage& stage, const Rooms& rooms);    ///< U1, U2, CT, R2, R3
void startRetransmission(Stage& stage, const Rooms& rooms); ///< R1, R1b, R4, K12, L2
void startClosedWindow(Stage& stage, const Rooms& rooms);   ///< Z1 to Z4
void startOpening(Stage& stage, const Rooms& rooms);        ///< S1 to S4, SR
void startClosing(Stage& stage, const Rooms& rooms);        ///< F1, F3, F4, L1, CL, T1

/// Writes a line, or as much as fits.
void write(const Flow& flow);
void fill(const Flow& flow);

} // namespace halfopen::test
