// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/format/duration.h"
#include "core/format/events.h"
#include "core/grades/broken_report.h"
#include "core/query/filter.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <unordered_set>
#include <utility>

namespace halfopen::ctl {

namespace {

using namespace std::chrono_literals;

// An end that the kernel has reported is looked at this soon: by then a socket that goes on as TIME-WAIT is in the
// dump.
constexpr auto kLookAfterEvent = 20ms;
// Where connections end all the time, they are reported together.
constexpr auto kLeastInterval = 100ms;
// What vanished without a word is reported once a second dump does not have it either.
constexpr auto kConfirmAfter = 250ms;

struct EventsOptions : SourceOptions {
    std::string interval = "1s";
    std::uint64_t count = 0;
    bool withAddresses = false; ///< in reports of broken forecasts
};

/// Tells what happens from one frame to the next.
class Teller {
public:
    Teller(const EventsOptions& options, const TypedFilter& filter, HistoryPtr history)
        : m_options(options)
        , m_history(std::move(history))
        , m_filter(filter.filter()) {}

    /// @return false when it is time to end: all that was wanted is written, or nobody reads
    bool tell(const FramePtr& frame) {
        if (!m_before && m_options.json && !m_out.write(beginJson(*frame, m_options.hostFacts()) + "\n"))
            return false;
        for (const Difference& difference : differences(m_before.get(), *frame)) {
            if (!line(m_options.json ? differenceJson(difference, *frame)
                                     : differenceText(difference, *frame, language())))
                return false;
        }
        if (!tellBroken(*frame))
            return false;
        tellLost(*frame);
        const History::News news = m_history->after(m_last);
        m_last = news.last;
        for (const EndedConnectionPtr& ending : news.records) {
            if (isWanted(*ending) && !line(m_options.json ? jsonOf(*ending) : endingText(*ending, language())))
                return false;
        }
        remember(*frame);
        m_before = frame;
        return m_out.write({});
    }
    /// Nobody reads any more: the next write says why.
    void notice() { m_out.write("\n"); }
    int finish() { return m_out.finish(m_options.json); }

private:
    std::string jsonOf(const EndedConnection& ending) const {
        if (!m_options.withAddresses || !ending.broken)
            return endingJson(ending);
        EndedConnection whole = ending;
        whole.broken = std::make_shared<const BrokenPromise>(
            BrokenPromise{ending.key(), withAddresses(*ending.broken, ending.local, ending.remote)});
        return endingJson(whole);
    }
    /// Of living connections: the record of one that ended has its own.
    bool tellBroken(const Frame& frame) {
        for (const BrokenPromisePtr& broken : frame.brokenPromises) {
            if (m_before && std::ranges::find(m_before->brokenPromises, broken) != m_before->brokenPromises.end())
                continue;
            const Row* row = frame.find(broken->socket);
            if (!row || row->change == Change::Closed || !(m_filter.empty() || m_filter.matches(*row, frame)))
                continue;
            const std::string text =
                m_options.json ? brokenJson(reportOf(*broken, *row), *row, frame) : brokenText(*row, frame, language());
            if (!line(text))
                return false;
        }
        return true;
    }
    std::string reportOf(const BrokenPromise& broken, const Row& row) const {
        return m_options.withAddresses ? withAddresses(broken, row.connection.local, row.connection.remote)
                                       : broken.report;
    }
    bool write(const std::string& text) { return m_options.json ? m_out.write(text + "\n") : m_out.writeLine(text); }
    bool line(const std::string& text) {
        ++m_written;
        return write(text) && m_written != m_options.count;
    }

    /// Not counted: it is no event of a connection.
    void tellLost(const Frame& frame) {
        if (frame.eventsLost == m_lost)
            return;
        const std::uint64_t times = frame.eventsLost - m_lost;
        m_lost = frame.eventsLost;
        write(m_options.json ? lostJson(times) : lostText(times, language()));
    }

    /// Ended connections are reported where they matched when they were last there.
    void remember(const Frame& frame) {
        if (m_filter.empty())
            return;
        for (const Row& row : frame.rows) {
            if (row.change != Change::Closed)
                m_matching.erase(row.connection.cookie);
        }
        for (const std::uint32_t index : frame.shown)
            m_matching.insert(frame.rows[index].connection.cookie);
    }

    bool isWanted(const EndedConnection& record) {
        if (m_filter.empty())
            return true;
        if (record.sampled)
            return m_matching.erase(record.cookie) > 0;
        Row row; // as much of it as its end says
        row.connection.cookie = record.cookie;
        row.connection.state = State{0}; // not known
        row.connection.local = record.local;
        row.connection.remote = record.remote;
        for (const auto& [index, name] : m_before->inView().interfaces)
            if (name == record.interface)
                row.connection.interface = index;
        return m_filter.matches(row, *m_before);
    }

    const EventsOptions& m_options;
    HistoryPtr m_history;
    Filter m_filter;
    StandardOutput m_out;
    FramePtr m_before;
    std::unordered_set<std::uint64_t> m_matching;
    std::uint64_t m_last = 0; ///< number of the last ended connection written
    std::uint64_t m_lost = 0;
    std::uint64_t m_written = 0;
};

enum class Woken : std::uint8_t { ToSample, Interrupted, NobodyReads };

/// Waits for the next sample, which destroy events bring forward.
Woken waitForSample(Monitor& monitor, const Interrupts& interrupts, MonotonicTime next, MonotonicTime soonest) {
    bool news = false;
    while (MonotonicClock::now() < next) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - MonotonicClock::now());
        pollfd watched[3] = {{interrupts.descriptor(), POLLIN, 0},
                             {STDOUT_FILENO, 0, 0}, // POLLERR: the reader of a pipe has gone
                             {news ? -1 : monitor.eventDescriptor(), POLLIN, 0}};
        if (::poll(watched, 3, static_cast<int>(std::max<std::int64_t>(left.count(), 0))) <= 0)
            continue;
        if (watched[0].revents != 0 && interrupts.take())
            return Woken::Interrupted;
        if ((watched[1].revents & (POLLERR | POLLNVAL)) != 0)
            return Woken::NobodyReads;
        if (watched[2].revents != 0) {
            monitor.takeEvents();
            news = true;
            next = std::min(next, std::max(soonest, MonotonicClock::now() + kLookAfterEvent));
        }
    }
    return Woken::ToSample;
}

int events(const EventsOptions& options) {
    const auto interval = parseInterval(options.interval);
    if (!interval)
        return fail(interval.error(), options.json);
    const TypedFilter filter = options.typedFilter();
    if (const int refused = filter.check(options.json); refused != 0)
        return refused;
    const auto history = std::make_shared<History>();
    auto monitor = options.watchingMonitor(history, *interval);
    if (!monitor)
        return fail(monitor.error(), options.json);
    const Interrupts interrupts;
    Teller teller(options, filter, history);
    Query query = options.query(filter);
    query.interval = *interval;
    FramePtr frame = (*monitor)->sampleSettled(query, 500ms);
    std::optional<Sentence> told; // what does not change is told once
    for (bool first = true;; first = false) {
        const MonotonicTime sampled = MonotonicClock::now();
        if (frame->error && (first || frame->error->code != ErrorCode::Unreadable))
            return fail(*frame->error, options.json);
        if (frame->error && told != frame->error->sentence)
            fail(*frame->error, options.json);
        told = frame->error ? std::optional(frame->error->sentence) : std::nullopt;
        if (const int refused = TypedFilter::checkAnswers(*frame, options.json); refused != 0)
            return refused;
        if (first)
            tellNotes(*frame);
        if (first && !options.json)
            filter.tellFirstHints(*frame);
        if (!frame->error && !teller.tell(frame))
            break;
        const bool unconfirmed = frame->missed > 0;
        (*monitor)->lookUp(20ms);
        const Woken woken = waitForSample(**monitor, interrupts, sampled + (unconfirmed ? kConfirmAfter : *interval),
                                          sampled + kLeastInterval);
        if (woken == Woken::NobodyReads)
            teller.notice();
        if (woken != Woken::ToSample)
            break;
        frame = (*monitor)->sample(query);
    }
    return teller.finish();
}

} // namespace

void addEvents(CLI::App& app, Run& run) {
    auto options = std::make_shared<EventsOptions>();
    CLI::App* command = app.add_subcommand(
        "events", say(Sentence::tr("Connections opened, changed and closed, and why, as it happens; Ctrl+C ends it")));
    options->addFilter(*command);
    options->addNetns(*command, true);
    options->addSource(*command);
    options->addHost(*command);
    options->addNoOwners(*command);
    command->add_option("--interval", options->interval, say(Sentence::tr("Between samples, 250ms to 10s")))
        ->type_name("TIME");
    command->add_option("--count", options->count, say(Sentence::tr("End after so many events")))
        ->type_name("N")
        ->check(wholeNumber(0, INT64_MAX));
    command->add_flag("--with-addresses", options->withAddresses,
                      say(Sentence::tr("With --json: reports of broken forecasts name the addresses")));
    options->addJson(*command, Sentence::tr("One JSON object a line (schema 1)"));
    command->callback([options, &run] { run = [options] { return events(*options); }; });
}

} // namespace halfopen::ctl
