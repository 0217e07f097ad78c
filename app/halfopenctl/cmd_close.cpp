// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/any_netns.h"
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/operations.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/targets.h"
#include "app/halfopenctl/terminal.h"
#include "core/actions/direct_operations.h"
#include "core/format/table.h"
#include "core/query/filter.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <span>
#include <utility>

namespace halfopen::ctl {

namespace {

struct CloseOptions : SourceOptions {
    std::vector<std::string> cookies;
    std::string matching;
    bool yes = false;
    bool whole = false; ///< of MPTCP connections
};

/// A listener, or a socket that is bound alone.
bool isNoConnection(const Row& row) {
    return row.connection.state == State::Listen || row.connection.state == State::Bound;
}

/// What closing them does not do, where some are subflows of MPTCP connections. @param meant  ascending
Sentence subflowSentence(const Frame& frame, const std::vector<std::uint64_t>& meant) {
    const auto subflows = std::ranges::count_if(frame.rows, [&](const Row& row) {
        return row.connection.upperLayer == UpperLayer::Mptcp && !isNoConnection(row) &&
               std::ranges::binary_search(meant, row.connection.cookie);
    });
    if (subflows == 0)
        return {};
    return Sentence::tr("{0} of these are subflows of MPTCP connections, whose programs get nothing: the connection "
                        "goes on over its other subflows, and without any for net.mptcp.close_timeout. --whole ends "
                        "the whole.",
                        subflows);
}

Error noneMatches(const CloseOptions& options, const TypedFilter& filter) {
    Sentence sentence = Sentence::tr("No connection matches \"{0}\".", options.matching);
    if (namesNetns(filter.filter()) && options.netns.empty() && !options.allNetns)
        sentence = sentence + Sentence::tr("Connections are closed in this network namespace where no other is named: "
                                           "--netns NAME, or --all-netns.");
    return {ErrorCode::NotFound, std::move(sentence)};
}

/// The connections that the filter shows.
std::vector<std::uint64_t> matched(const Frame& frame) {
    std::vector<std::uint64_t> cookies;
    for (const std::uint32_t index : frame.shown)
        if (!isNoConnection(frame.rows[index]))
            cookies.push_back(frame.rows[index].connection.cookie);
    return cookies;
}

struct Targets {
    std::vector<SocketsOfNetns> sockets;
    Sentence ofSubflows; ///< to be told; empty: there are none, or it has been
};

std::vector<std::uint64_t> sorted(std::vector<std::uint64_t> cookies) {
    std::ranges::sort(cookies);
    return cookies;
}

/// Shows what would be closed and asks on the terminal. @return SomeFailed where the answer is not yes
Result<void> ask(const CloseOptions& options, Frame frame, const std::vector<std::uint64_t>& cookies,
                 const Sentence& ofSubflows) {
    if (isatty(STDIN_FILENO) != 1)
        return failure(ErrorCode::Usage,
                       Sentence::tr("There is no terminal to ask on: give --yes to close what the filter matches."));
    std::erase_if(frame.shown, [&, meant = sorted(cookies)](std::uint32_t index) {
        return !std::ranges::binary_search(meant, frame.rows[index].connection.cookie);
    });
    const Output toTerminal = [](std::string_view text) {
        return std::fwrite(text.data(), 1, text.size(), stderr) == text.size();
    };
    const auto columns = selectColumns(options.withNetns("state,local,remote,process,user,cookie", frame));
    if (!columns)
        return tl::unexpected(columns.error());
    writeTable(frame, *columns, {.language = language()}, toTerminal);
    if (!ofSubflows.empty())
        tellText(say(ofSubflows) + '\n');
    tellText(say(cookies.size() == 1
                     ? Sentence::tr("Close this connection? Its program will get an error. [y/N]")
                     : Sentence::tr("Close these {0} connections? Their programs will get an error. [y/N]",
                                    cookies.size())) +
             ' ');
    std::string answer;
    std::getline(std::cin, answer);
    if (answer == "y" || answer == "Y" || answer == "yes")
        return {};
    return failure(ErrorCode::SomeFailed, Sentence::tr("Nothing was closed."));
}

/// Which of them are locked, or subflows, only a look tells; where there is none, closing says why.
Result<Targets> named(const CloseOptions& options, Failures& failures) {
    auto cookies = parseCookies(options.cookies);
    if (!cookies)
        return tl::unexpected(cookies.error());
    SourceOptions quick = options;
    quick.noOwners = true;
    quick.source = "sock_diag"; // which tells it as well as BPF does, and has nothing to load
    const auto look = lookAtFree(quick, *cookies, failures);
    Targets targets{.sockets = byNetns(look ? *look->frame : Frame(), *cookies), .ofSubflows = {}};
    if (look && !options.whole && !options.json)
        targets.ofSubflows = subflowSentence(*look->frame, sorted(*cookies));
    return targets;
}

Result<Targets> matching(const CloseOptions& options, const TypedFilter& filter, Failures& failures) {
    auto monitor = options.filteringMonitor();
    if (!monitor)
        return tl::unexpected(monitor.error());
    const FramePtr frame = (*monitor)->sampleSettled(options.query(filter), kTimeLimit);
    if (frame->error)
        return tl::unexpected(*frame->error);
    if (const Error* unanswered = TypedFilter::unanswered(*frame))
        return tl::unexpected(*unanswered);
    if (const auto notKnown = filter.notKnown(*frame))
        return failure(ErrorCode::Usage, *notKnown);
    auto cookies = matched(*frame);
    if (cookies.empty())
        return tl::unexpected(noneMatches(options, filter));
    takeOutLocked(cookies, *frame, options.json, failures);
    Targets targets{.sockets = byNetns(*frame, cookies), .ofSubflows = {}};
    if (!options.whole)
        targets.ofSubflows = subflowSentence(*frame, sorted(cookies));
    if (options.yes || cookies.empty())
        return targets;
    if (auto asked = ask(options, *frame, cookies, std::exchange(targets.ofSubflows, {})); !asked)
        return tl::unexpected(asked.error());
    return targets;
}

/// One batch after the other, until one is refused as a whole.
class Closing {
public:
    Closing(bool whole, bool json, Failures& failures)
        : m_whole(whole)
        , m_json(json)
        , m_failures(failures) {}

    void run(SocketOperations& operations, const SocketsOfNetns& sockets) {
        bool refused = false;
        for (std::size_t next = 0; !refused && next < sockets.cookies.size(); next += kSocketBatch) {
            const std::vector<std::uint64_t> batch = batchFrom(sockets.cookies, next);
            const auto answered = [&](const Outcome<std::vector<CloseResult>>& outcome) {
                take(batch, outcome);
                refused = !outcome;
            };
            if (m_whole)
                operations.closeWhole(sockets.netns, batch, answered);
            else
                operations.close(sockets.netns, batch, answered);
        }
    }
    const std::vector<std::uint64_t>& closed() const { return m_closed; }

private:
    static std::vector<std::uint64_t> batchFrom(const std::vector<std::uint64_t>& cookies, std::size_t begin) {
        const std::size_t end = std::min(begin + kSocketBatch, cookies.size());
        return {cookies.begin() + static_cast<std::ptrdiff_t>(begin),
                cookies.begin() + static_cast<std::ptrdiff_t>(end)};
    }
    void take(const std::vector<std::uint64_t>& batch, const Outcome<std::vector<CloseResult>>& outcome) {
        if (!outcome) {
            for (const std::uint64_t cookie : batch)
                m_failures.add(cookie, outcome.error(), m_json);
            return;
        }
        for (const CloseResult& result : *outcome) {
            if (result.outcome)
                m_closed.push_back(result.cookie);
            else
                m_failures.add(result.cookie, result.outcome.error(), m_json);
        }
    }

    bool m_whole;
    bool m_json;
    std::vector<std::uint64_t> m_closed;
    Failures& m_failures;
};

int close(const CloseOptions& options) {
    if (options.cookies.empty() == options.matching.empty())
        return fail({ErrorCode::Usage, Sentence::tr("Give either cookies or --filter with a word in it.")},
                    options.json);
    const TypedFilter filter(options.matching);
    if (const int refused = filter.check(options.json); refused != 0)
        return refused;
    if (auto here = options.refuseHost(); !here)
        return fail(here.error(), options.json);
    if (auto entered = options.enterNetns(); !entered)
        return fail(entered.error(), options.json);
    Failures failures;
    auto targets = options.matching.empty() ? named(options, failures) : matching(options, filter, failures);
    if (!targets)
        return fail(targets.error(), options.json);
    AnyNetnsOperations operations(chooseSocketOperations());
    Closing closing(options.whole, options.json, failures);
    for (const SocketsOfNetns& sockets : targets->sockets)
        closing.run(operations, sockets);
    StandardOutput out;
    if (options.json)
        out.write(closedJson(closing.closed(), failures.all()));
    else
        for (const std::uint64_t cookie : closing.closed())
            out.writeLine(Sentence::tr("Closed {0}.", Hex{cookie}));
    if (!closing.closed().empty() && !targets->ofSubflows.empty() && !options.json)
        tell(targets->ofSubflows);
    const int written = out.finish(options.json);
    return written != 0 ? written : failures.exitCode(closing.closed().size());
}

} // namespace

void addClose(CLI::App& app, Run& run) {
    auto options = std::make_shared<CloseOptions>();
    CLI::App* command =
        app.add_subcommand("close", say(Sentence::tr("End connections at once (may ask for authentication)")));
    command->add_option("COOKIE", options->cookies,
                        say(Sentence::tr("The sockets' cookies in hex, as list prints them")));
    command
        ->add_option("--filter", options->matching,
                     say(Sentence::tr("Instead: all connections that list FILTER shows; asks before")))
        ->type_name("FILTER");
    command->add_flag("--whole", options->whole,
                      say(Sentence::tr("Of an MPTCP connection not only the subflow, but the whole")));
    command->add_flag("--yes", options->yes, say(Sentence::tr("Do not ask")));
    options->addNetns(*command, true);
    options->addHost(*command);
    options->addJson(*command, Sentence::tr("What was closed as JSON (schema 1)"));
    command->callback([options, &run] { run = [options] { return close(*options); }; });
}

} // namespace halfopen::ctl
