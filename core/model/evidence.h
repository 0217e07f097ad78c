// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// One thing that was seen and speaks for an ending. The meaning of the two values stands with each code.
struct EndingEvidence {
    enum class Code : std::uint8_t {
        StateSeen,              ///< a sample showed it in this state; value: State
        ProbesUnanswered,       ///< value: keepalive probes unanswered, other: allowed (0: a time decides)
        WindowProbesUnanswered, ///< as above, probes of a closed window
        RetransmitsUnanswered,  ///< value: retransmissions unanswered, other: allowed (0: a time decides)
        SynsUnanswered,         ///< value: SYNs (SYN-ACKs) unanswered, other: allowed (0: a time decides)
        NothingUnanswered,      ///< the last that was seen of it had nothing unanswered
        GiveUpInInterval,       ///< the forecast's give-up lies between last seen and first missed
        GiveUpNotDue,           ///< value: ms that were still left until the earliest give-up when it was missed
        DestroyEvent,           ///< the kernel told its end. value: probes, other: retransmissions of its tcp_info
        NoDestroyEvent,         ///< it vanished, but its program still holds the descriptor: the kernel ended it
        EventsLost,             ///< value: how many times events were lost in the meantime
        FinReceived,            ///< the byte counts prove that the peer's FIN came
        FinAcknowledged,        ///< the byte counts prove that the peer acknowledged our FIN
        NoFinReceived,          ///< they prove that none came
        NoFinAcknowledged,      ///< they prove that none was acknowledged
        BytesInDoubt,           ///< payload moved after the last sample, so the byte counts prove nothing
        BetweenSamples,         ///< it lived wholly between two samples: only its event is known
        NothingReceived,        ///< its segment count proves that nothing came after the last sample
        ResetReceived,          ///< a segment came that acknowledged nothing: an RST
        Disconnected,   ///< tcp_disconnect(): its program threw it away (SO_LINGER with 0 s), or its connect(2) failed
        AskedFor,       ///< Halfopen was told to close it
        EndReported,    ///< the kernel told its end at once. value: errno that its program gets, 0: none, -1: not told
                        ///< here, other: State until then
        DescriptorHeld, ///< and its program has its descriptor still
    };
    Code code = Code::StateSeen;
    std::int64_t value = 0;
    std::int64_t other = 0;

    bool operator==(const EndingEvidence&) const = default;
};

/// Who tells a piece of evidence.
enum class EvidenceSource : std::uint8_t {
    Samples,    ///< what the kernel listed of the connection while it lived
    Event,      ///< the kernel's destroy event
    ByteCounts, ///< sequence and segment counts of sample and event, set against each other
    Forecast,   ///< what the last sample had forecast
    Descriptor, ///< that its program still holds it, and no event came
    Listening,  ///< how well this program could hear: what was lost, what lies between two samples
    Halfopen,   ///< what this program was asked for
};
EvidenceSource sourceOf(EndingEvidence::Code code);

/// "state-seen", "probes-unanswered", ...: the words of JSON and archive.
std::string_view toString(EndingEvidence::Code code);
std::optional<EndingEvidence::Code> parseEvidenceCode(std::string_view word);
} // namespace halfopen
