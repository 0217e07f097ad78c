// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/spoken_row.h"

#include "core/query/zoned_address.h"
#include "ui/look/duration_text.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/table/cells.h"

#include <QCoreApplication>

namespace halfopen {

namespace {

struct SpokenRow {
    Q_DECLARE_TR_FUNCTIONS(SpokenRow)
};

/// Names begin as they do: a program is no word to be capitalised.
QString closed(const QString& words) {
    return SpokenRow::tr("%1.", "a sentence").arg(words);
}

QString sideText(const CellInput& in, const Endpoint& side) {
    return SpokenRow::tr("%1 port %2", "address, port")
        .arg(fromCore(zonedAddress(in.frame, in.row, side.address)))
        .arg(side.port);
}

QString whoText(const CellInput& in) {
    const auto process = cells::process(in).text;
    const Connection& connection = in.row.connection;
    if (in.row.diagnosis == Diagnosis::Listening || connection.state == State::Bound)
        return SpokenRow::tr("%1 on %2", "program, own address").arg(process, sideText(in, connection.local));
    return SpokenRow::tr("%1 to %2", "program, peer").arg(process, sideText(in, connection.remote));
}

QString endText(const CellInput& in) {
    const Forecast& forecast = in.row.forecast;
    if (forecast.never)
        return SpokenRow::tr("never given up");
    if (forecast.cause == GiveUpCause::None)
        return {};
    const auto when = countdownSentence(forecast.shownEnd(), in.row.connection.sampled, in.now, isGuess(forecast));
    return endsOrderly(forecast.cause) ? SpokenRow::tr("ends %1").arg(when) : SpokenRow::tr("given up %1").arg(when);
}

} // namespace

QString spokenRow(const CellInput& in, Change change, bool watched) {
    QStringList sentences;
    if (const auto mark = changeLabel(change); !mark.isEmpty())
        sentences.append(closed(mark));
    if (watched)
        sentences.append(closed(SpokenRow::tr("watched")));
    sentences.append(closed(diagnosisLabel(in.row.diagnosis)));
    sentences.append(closed(whoText(in)));
    const auto end = change == Change::Closed ? QString() : endText(in);
    if (!end.isEmpty())
        sentences.append(closed(end));
    return sentences.join(SpokenRow::tr(" ", "between two sentences"));
}

} // namespace halfopen
