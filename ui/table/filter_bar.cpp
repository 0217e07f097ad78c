// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/filter_bar.h"

#include "core/kernel/process/hosts.h"
#include "core/query/filter.h"
#include "core/query/filter_hints.h"
#include "core/query/filter_tests.h"
#include "ui/look/filter_texts.h"
#include "ui/look/in_background.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"
#include "ui/parts/chip_row.h"
#include "ui/parts/field_keys.h"
#include "ui/parts/field_message.h"
#include "ui/table/filter_completer.h"
#include "ui/table/filter_menu.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPointer>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>
#include <vector>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

/// In the order of their worry, as the table sorts them.
constexpr std::array kChips{Diagnosis::Suspect,   Diagnosis::Stalled, Diagnosis::Abandoned,
                            Diagnosis::Unguarded, Diagnosis::Opening, Diagnosis::Active,
                            Diagnosis::Guarded,   Diagnosis::Closing, Diagnosis::Listening};
static_assert(kChips.size() == kDiagnosisCount);

std::vector<ChipRow::Chip> chips() {
    std::vector<ChipRow::Chip> all;
    for (const Diagnosis diagnosis : kChips)
        all.push_back({static_cast<unsigned>(diagnosis), QStringLiteral("chip_%1").arg(fromCore(toString(diagnosis)))});
    return all;
}

} // namespace

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent)
    , m_chips(new ChipRow(QStringLiteral("chipAll"), chips()))
    , m_names(std::make_shared<const FilterNames>(screenNames())) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(5);
    m_top = new QHBoxLayout;
    layout->addLayout(m_top);
    setUpListed();
    setUpField();
    m_problem = new FieldMessage(*m_field, *this);
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    layout->addWidget(m_chips);
    connect(m_chips, &ChipRow::changed, this, &FilterBar::changed);
    m_typing.setSingleShot(true);
    m_typing.setInterval(120ms);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::read);
}

FilterBar::~FilterBar() = default;

void FilterBar::setUpListed() {
    m_listed = new QToolButton;
    m_listed->setObjectName(QStringLiteral("listed"));
    m_listed->setFocusPolicy(Qt::TabFocus);
    m_listed->setToolTip(tr("Only these are shown. Press to show the others again."));
    m_listed->hide();
    connect(m_listed, &QToolButton::clicked, this, [this] {
        m_field->setFocus(Qt::OtherFocusReason); // it is about to vanish
        setListed({}, {});
        Q_EMIT changed();
    });
    m_top->addWidget(m_listed);
}

void FilterBar::setUpField() {
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("filter"));
    m_field->setAccessibleName(tr("Filter"));
    m_field->setPlaceholderText(tr("Filter by address, port, process, user, state or diagnosis (Ctrl+F)"));
    m_field->setToolTip(tr("Words that must all match, or conditions as ss has them:\n"
                           "firefox https    10.0.0.0/8 -ssh    state established dport = :443\n"
                           "process:firefox    idle>10m gives-up<1h    unguarded or suspect"));
    m_field->setClearButtonEnabled(true);
    setUpFieldKeys(
        *m_field, [this] { Q_EMIT left(); }, [this] { escape(); });
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    m_completer = new FilterCompleter(m_field, [this] { return m_names; });
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("filterCount"));
    m_top->addWidget(m_field, 1);
    m_menu = new FilterMenu;
    connect(m_menu, &FilterMenu::chosen, this, &FilterBar::setFilter);
    connect(m_field, &QLineEdit::editingFinished, this, [this] {
        if (!m_error)
            m_menu->use(m_inForce);
    });
    m_top->addWidget(m_count);
    m_top->addWidget(m_menu);
    m_lastInTop = m_menu;
}

void FilterBar::setCorner(QWidget* corner) {
    m_top->addWidget(corner);
    for (auto* part : corner->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (part->isWindow())
            continue;                   // a menu
        setTabOrder(m_lastInTop, part); // before the chips, as one reads
        m_lastInTop = part;
    }
}

QString FilterBar::filter() const {
    if (m_listedFilter.isEmpty() || m_inForce.trimmed().isEmpty())
        return m_listedFilter.isEmpty() ? m_inForce : m_listedFilter;
    return QStringLiteral("( %1 ) ( %2 )").arg(m_listedFilter, m_inForce);
}

void FilterBar::setFilter(const QString& words) {
    const bool listed = !m_listedFilter.isEmpty();
    setListed({}, {});
    setTyped(words);
    if (listed)
        Q_EMIT changed(); // also where the words are the same
}

void FilterBar::setTyped(const QString& words) {
    m_field->setText(words);
    m_typing.stop();
    read();
}

void FilterBar::list(const QString& filter, const QString& name) {
    setListed(filter, name);
    setTyped({});
    Q_EMIT changed();
}

void FilterBar::setListed(const QString& filter, const QString& name) {
    m_listedFilter = filter;
    m_listed->setText(tr("%1 \u00d7", "a list of connections, and a cross that takes it away").arg(name));
    m_listed->setAccessibleName(tr("%1: show all again").arg(name));
    m_listed->setVisible(!filter.isEmpty());
}

void FilterBar::addCondition(const QString& condition) {
    const QString now = m_inForce.trimmed();
    const Filter filter(now.toStdString(), *m_names);
    const auto* tree = filter.tree();
    const bool isOr = tree && tree->nodes[tree->root].kind == filter::Node::Kind::Or;
    setTyped(now.isEmpty() ? condition
                           : (isOr ? QStringLiteral("( %1 ) %2") : QStringLiteral("%1 %2")).arg(now, condition));
}

std::uint16_t FilterBar::diagnoses() const {
    return static_cast<std::uint16_t>(m_chips->chosen());
}

void FilterBar::setDiagnoses(std::uint16_t diagnoses) {
    m_chips->setChosen(diagnoses);
}

void FilterBar::showOnly(Diagnosis diagnosis) {
    setDiagnoses(static_cast<std::uint16_t>(1U << static_cast<unsigned>(diagnosis)));
}

void FilterBar::applyTo(Query& query) const {
    query.filter = filter().toStdString();
    query.names = m_names;
    query.diagnoses = diagnoses();
}

void FilterBar::clear() {
    setFilter({});
    setDiagnoses(0);
}

void FilterBar::focusFilter() {
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FilterBar::type(const QString& text) {
    m_field->setFocus(Qt::OtherFocusReason);
    m_field->end(false);
    if (text != QLatin1String("/"))
        m_field->insert(text);
}

/// Takes what is typed, if it is a filter.
void FilterBar::read() {
    const QString text = m_field->text();
    const Filter filter(text.toStdString(), *m_names);
    m_error = filter.error() ? std::optional(*filter.error()) : std::nullopt;
    if (m_error) {
        if (m_error->problem == FilterProblem::UnknownHost)
            resolve(m_error->word);
        const QString still = m_inForce.isEmpty() ? tr("everything is shown") : tr("still shown: %1").arg(m_inForce);
        m_problem->say(tr("%1  (%2)", "what is wrong with the filter, what is shown meanwhile")
                           .arg(filterErrorText(*m_error, text), still));
        return;
    }
    m_problem->say({});
    if (text == m_inForce)
        return;
    m_inForce = text;
    m_menu->setFilter(text);
    Q_EMIT changed();
}

/// Host names are looked up elsewhere, and the filter is read again when their addresses come.
void FilterBar::resolve(const std::string& host) {
    const auto lookUp = [host] { return addressesOf(host); };
    inBackground(this, lookUp, [this, host](const std::vector<IpAddress>& addresses) {
        if (addresses.empty())
            return;
        auto names = std::make_shared<FilterNames>(*m_names);
        names->hosts[host] = addresses;
        m_names = std::move(names);
        read();
    });
}

/// A name that no connection has, and what may have been meant.
void FilterBar::showHints(const Frame& frame) {
    if (m_error)
        return;
    QStringList hints;
    if (frame.query.filter == filter().toStdString())
        for (const FilterHint& hint : frame.hints)
            hints.append(translated(sentenceOf(hint)));
    m_problem->say(hints.join(QLatin1Char(' ')));
}

void FilterBar::showCounts(const FramePtr& newest) {
    const Frame& frame = *newest;
    m_completer->setFrame(newest);
    std::uint32_t shown = 0;
    for (const Diagnosis diagnosis : kChips) {
        const auto index = static_cast<std::size_t>(diagnosis);
        const auto bit = static_cast<unsigned>(diagnosis);
        if (m_chips->isChosen(bit))
            shown += frame.matching[index];
        m_chips->name(bit, diagnosisLabel(diagnosis), frame.matching[index], frame.diagnoses[index]);
    }
    const auto total = static_cast<std::uint32_t>(frame.liveCount());
    m_chips->nameAll(quickFilterLabel(QuickFilter::All), total);
    m_count->setText(isClear() ? QString()
                               : tr("%1 of %2", "connections shown, connections there are")
                                     .arg(locale().toString(shown), locale().toString(total)));
    showHints(frame);
}

void FilterBar::escape() {
    if (m_field->text().isEmpty() && !m_listedFilter.isEmpty())
        m_listed->click();
    else
        m_field->clear();
}

} // namespace halfopen
