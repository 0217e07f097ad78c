// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/stream_words.h"

#include "app/halfopenctl/source_options.h"
#include "core/stream/far_command.h"
#include "core/stream/messages.h"

#include <sstream>
#include <vector>

namespace halfopen::ctl {

namespace {

constexpr std::size_t kLongestOrder = 256;

Result<StreamWords> refused() {
    return failure(ErrorCode::Usage, Sentence::tr("Only halfopenctl stream may be run here."));
}

std::vector<std::string> wordsOf(std::string_view command) {
    std::istringstream stream{std::string(command)};
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

} // namespace

Result<StreamWords> parseForcedCommand(std::string_view command) {
    const auto words = wordsOf(command);
    if (words.size() < 2 || words[0] != "halfopenctl" || words[1] != "stream")
        return refused();
    StreamWords asked;
    for (std::size_t at = 2; at < words.size(); ++at) {
        const std::string& word = words[at];
        const bool hasValue = at + 1 < words.size();
        if (word == "--zstd" || word == "--owners" || word == "--once") {
            (word == "--zstd" ? asked.zstd : word == "--owners" ? asked.owners : asked.once) = true;
        } else if (word == "--nonce" && hasValue) {
            asked.nonce = words[++at];
        } else if (word == "--netns" && hasValue && stream::isPlainWord(words[at + 1])) {
            asked.netns = words[++at];
        } else if (word == "--interval" && hasValue) {
            const auto interval = parseInterval(words[++at]);
            if (!interval)
                return tl::unexpected(interval.error());
            asked.interval = *interval;
        } else {
            return refused();
        }
    }
    if (!stream::isNonce(asked.nonce))
        return refused();
    return asked;
}

bool StreamOrders::add(std::string_view bytes) {
    m_bytes += bytes;
    return m_bytes.size() - (m_bytes.rfind('\n') + 1) <= kLongestOrder; // npos + 1 is 0
}

std::optional<StreamOrder> StreamOrders::next() {
    const std::size_t end = m_bytes.find('\n');
    if (end == std::string::npos)
        return std::nullopt;
    const auto words = wordsOf(m_bytes.substr(0, end));
    m_bytes.erase(0, end + 1);
    StreamOrder order;
    if (words.size() == 1 && words[0] == ".")
        order.kind = StreamOrder::Kind::Ping;
    if (words.size() == 1 && words[0] == "quit")
        order.kind = StreamOrder::Kind::Quit;
    if (words.size() == 2 && words[0] == "interval")
        if (const auto interval = parseInterval(words[1])) {
            order.kind = StreamOrder::Kind::Interval;
            order.interval = *interval;
        }
    return order;
}

} // namespace halfopen::ctl
