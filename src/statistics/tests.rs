//! Agreement against the figures of independent packages, and what holds for every table.
//!
//! Must not compute an expected figure with the code under test.
//!
//! The figures of [`REFERENCE`] were printed by this script (statsmodels 0.15.0, irrCAC 0.4.4, scipy 1.17.1: the quantiles of t of
//! scipy before 1.15 are off by up to 8e-9), which reads tables of nine counts, a line each:
//!
//! ```python
//! import numpy, pandas, sys, warnings
//! from irrCAC.raw import CAC
//! from statsmodels.stats.inter_rater import cohens_kappa
//! from statsmodels.stats.proportion import proportion_confint
//!
//! warnings.simplefilter("ignore")
//! for line in sys.stdin:
//!     cells = [int(cell) for cell in line.split()]
//!     table = numpy.array(cells).reshape(3, 3)
//!     agreed, pairs = int(table.trace()), int(table.sum())
//!     row = [agreed / pairs, *proportion_confint(agreed, pairs, method="wilson")]
//!     kappa = cohens_kappa(table)
//!     # Its variance is a difference of sums: where it is 0, noise of either sign is left.
//!     margin = 0 if kappa.var_kappa < 1e-15 else kappa.kappa_upp - kappa.kappa
//!     row += [kappa.kappa, kappa.kappa - margin, kappa.kappa + margin]
//!     ratings = [(j, k) for j in range(3) for k in range(3) for _ in range(table[j, k])]
//!     try:
//!         gwet = CAC(pandas.DataFrame(ratings), digits=15).gwet()["est"]
//!         row += [gwet["coefficient_value"], *gwet["confidence_interval"]]
//!     except ZeroDivisionError:  # one pair
//!         row += [1 if agreed else -1, numpy.nan, numpy.nan]
//!     text = " ".join("-" if numpy.isnan(figure) else f"{figure:.12f}" for figure in row)
//!     print(" ".join(map(str, cells)), text, sep=" | ")
//! ```

use proptest::prelude::*;

use super::*;
use crate::model::{Answer, Decimal, State, parse_figure};

/// The counts of a table, the first's answer by row and the second's by column, both yes, no, not applicable. Then share, kappa and
/// AC1, each with its interval; `-` where the packages define nothing.
const REFERENCE: &str = "\
1 0 0 0 0 0 0 0 0 | 1 0.206549314377 1 - - - 1 - -
0 1 0 0 0 0 0 0 0 | 0 0 0.793450685623 0 0 0 -1 - -
5 0 0 0 0 0 0 0 0 | 1 0.565517535217 1 - - - 1 - 1
0 0 0 0 0 0 0 0 12 | 1 0.757505993345 1 - - - 1 - 1
1 0 0 0 1 0 0 0 0 | 1 0.342380227507 1 1 1 1 1 1 1
1 1 0 0 0 0 0 0 0 | 0.5 0.094531205734 0.905468794266 0 0 0 0.2 -14.030949304516 1
1 0 0 0 0 1 0 0 0 | 0.5 0.094531205734 0.905468794266 0.333333333333 0.0253547057 0.641311960967 0.272727272727 -10.648308202993 1
0 5 0 0 0 0 0 0 0 | 0 0 0.434482464783 0 0 0 -1 -1 -1
0 5 0 5 0 0 0 0 0 | 0 0 0.277532799863 -1 -1 -1 -1 -1 -1
3 4 2 0 0 0 0 0 0 | 0.333333333333 0.120583818387 0.64579786442 0 0 0 0.114754098361 -0.504692248154 0.734200444875
3 0 0 4 0 0 0 0 0 | 0.428571428571 0.158219855251 0.749541635472 0 0 0 0.034482758621 -1.14643382962 1
3 0 0 0 4 0 0 0 2 | 1 0.70085495158 1 1 1 1 1 1 1
0 2 1 1 0 3 2 1 0 | 0 0 0.277532799863 -0.492537313433 -0.584122413414 -0.400952213452 -0.498127340824 -0.518854730339 -0.477399951309
20 5 0 10 15 0 0 0 0 | 0.7 0.562496495355 0.808964464991 0.4 0.151092290477 0.648907709523 0.405940594059 0.141735530539 0.67014565758
45 15 0 25 15 0 0 0 0 | 0.6 0.502002586791 0.690598713568 0.130434782609 -0.062938277793 0.32380784301 0.266055045872 0.059852386147 0.472257705596
25 35 0 5 35 0 0 0 0 | 0.6 0.502002586791 0.690598713568 0.259259259259 0.108028963983 0.410489554535 0.207920792079 0.010458856644 0.405382727514
118 5 0 2 0 0 0 0 0 | 0.944 0.888912155892 0.972611774495 -0.023391812865 -0.047473413431 0.0006897877 0.940776337609 0.895140146616 0.986412528602
80 10 0 10 0 0 0 0 0 | 0.8 0.711170834407 0.866633066669 -0.111111111111 -0.159505283569 -0.062716938653 0.756097560976 0.639837667542 0.872357454409
97 1 0 1 1 0 0 0 0 | 0.98 0.929988209271 0.99449803245 0.489795918367 -0.118510237931 1.098102074665 0.979184013322 0.949545635091 1
40 9 2 6 20 1 3 1 8 | 0.755555555556 0.657516288707 0.832672169338 0.575016097875 0.420253441635 0.729778754115 0.656979514054 0.527471387714 0.786487640394
13 0 0 0 12 2 0 2 11 | 0.9 0.769482247725 0.960420471317 0.84990619137 0.710181839413 0.989630543326 0.850046860356 0.704430760358 0.995662960354
7 1 0 2 3 0 0 0 0 | 0.769230769231 0.497436240533 0.918204712815 0.493506493506 0.00480011489 0.982212872123 0.578378378378 0.055182788283 1
2 1 0 0 3 0 0 0 0 | 0.833333333333 0.436497177814 0.969946630252 0.666666666667 0.104377194719 1.228956138614 0.675675675676 -0.173951680368 1
4 0 1 0 0 0 0 0 2 | 0.857142857143 0.486872170726 0.974320375655 0.695652173913 0.169589264066 1.22171508376 0.735849056604 0.062154299099 1
0 0 0 0 9 1 0 2 6 | 0.833333333333 0.607779618961 0.941634231941 0.658227848101 0.308025624949 1.008430071253 0.675675675676 0.297492600507 1
6 2 1 1 5 0 0 1 0 | 0.6875 0.444043558347 0.858353561452 0.444444444444 0.083383497091 0.805505391798 0.567567567568 0.201182933366 0.933952201769
10 0 0 0 10 0 0 0 1 | 1 0.845360981075 1 1 1 1 1 1 1
9 1 1 1 9 1 1 1 9 | 0.818181818182 0.656117683653 0.913892317911 0.727272727273 0.529882363445 0.9246630911 0.727272727273 0.518949998964 0.935595455581
1 2 3 4 5 6 7 8 9 | 0.333333333333 0.213588749343 0.479295116901 -0.041666666667 -0.240428262941 0.157094929608 0.025974025974 -0.195859739164 0.247807791112
9 8 7 6 5 4 3 2 1 | 0.333333333333 0.213588749343 0.479295116901 -0.041666666667 -0.240428262941 0.157094929608 0.025974025974 -0.195859739164 0.247807791112
30 0 0 0 0 0 0 1 0 | 0.967741935484 0.838058948353 0.994282778475 0.491803278689 0.475740159003 0.507866398374 0.966693526726 0.896516720399 1
0 3 0 3 0 3 0 3 0 | 0 0 0.242494006655 -0.6 -0.6 -0.6 -0.454545454545 -0.454545454545 -0.454545454545
88 10 2 14 40 10 18 10 8 | 0.68 0.612481015659 0.740734666845 0.453924914676 0.354153848839 0.553695980512 0.548723734311 0.451365774069 0.646081694553
53 5 2 11 14 5 1 6 3 | 0.7 0.604151453667 0.781051147051 0.428571428571 0.279694854456 0.577448002687 0.593564775614 0.459242544972 0.727887006255
22 2 2 5 7 14 0 2 36 | 0.722222222222 0.622047725029 0.804203108053 0.56191588785 0.42779503197 0.696036743731 0.59711714938 0.455814028627 0.738420270133
106 22 0 4 12 1 3 0 2 | 0.8 0.728858669202 0.856159184177 0.395405078597 0.227229952461 0.563580204733 0.761187693206 0.67858695846 0.843788427951
490 6 3 4 0 0 2 0 0 | 0.970297029703 0.95157469386 0.981918424215 -0.011213456147 -0.017445495838 -0.004981416457 0.969854495709 0.954554189416 0.985154802003
251 120 6 99 430 12 7 10 65 | 0.746 0.718114309924 0.772002924901 0.542873597351 0.493260773377 0.592486421325 0.648332295521 0.610544398129 0.686120192914
300 150 100 50 25 12 6 3 1 | 0.503863987635 0.465429121269 0.542253241206 -0.007245638795 -0.055563268933 0.041071991343 0.356165519529 0.29788216069 0.414448878368
1490 3 0 2 5 0 0 0 0 | 0.996666666667 0.992220547675 0.998575384476 0.664999106664 0.388513246006 0.941484967323 0.996633166675 0.993673788979 0.999592544371
700 200 0 150 450 0 0 0 0 | 0.766666666667 0.744598028968 0.787372941314 0.520547945205 0.47684347394 0.564252416471 0.545945945946 0.50308448834 0.588807403552
2500 40 10 60 900 15 5 20 450 | 0.9625 0.956154832764 0.967957682193 0.927690152303 0.916376167074 0.939004137531 0.949372402369 0.941363105874 0.957381698865
";

/// Confidence in percent, counts, figures, from the same packages: `alpha` for the share, the error of kappa times `norm.ppf`, and
/// `confidence_level` for AC1, which takes 90 to 99.
const AT_OTHER_CONFIDENCES: &str = "\
90 | 3 0 0 4 0 0 0 0 0 | 0.428571428571 0.186443190364 0.710522908986 0 0 0 0.034482758621 -0.9033253713 0.972290888541
90 | 20 5 0 10 15 0 0 0 0 | 0.7 0.585400372597 0.794066353089 0.4 0.191110065279 0.608889934721 0.405940594059 0.185519269744 0.626361918375
90 | 118 5 0 2 0 0 0 0 0 | 0.944 0.89983076878 0.969356245329 -0.023391812865 -0.043601729142 -0.003181896589 0.940776337609 0.902565530061 0.978987145156
90 | 40 9 2 6 20 1 3 1 8 | 0.755555555556 0.674302320468 0.82189238684 0.575016097875 0.445135182491 0.70489701326 0.656979514054 0.548642861028 0.765316167081
90 | 7 1 0 2 3 0 0 0 0 | 0.769230769231 0.541934247117 0.903768254071 0.493506493506 0.083371171775 0.903641815238 0.578378378378 0.150399904642 1
90 | 300 150 100 50 25 12 6 3 1 | 0.503863987635 0.471583313705 0.53611248026 -0.007245638795 -0.047795072256 0.033303794667 0.356165519529 0.30727411212 0.405056926938
97.5 | 3 0 0 4 0 0 0 0 0 | 0.428571428571 0.137144701807 0.779687511637 0 0 0 0.034482758621 -1.398250238674 1
97.5 | 20 5 0 10 15 0 0 0 0 | 0.7 0.542070936776 0.821407570211 0.4 0.115350678151 0.684649321849 0.405940594059 0.101925488903 0.709955699216
97.5 | 118 5 0 2 0 0 0 0 0 | 0.944 0.878503415837 0.975185881221 -0.023391812865 -0.050931382785 0.004147757054 0.940776337609 0.88846134183 0.993091333388
97.5 | 40 9 2 6 20 1 3 1 8 | 0.755555555556 0.642309098191 0.841779711956 0.575016097875 0.398030478464 0.752001717286 0.656979514054 0.508375650016 0.805583378092
97.5 | 7 1 0 2 3 0 0 0 0 | 0.769230769231 0.459429067477 0.928944445718 0.493506493506 -0.065375107722 1.052388094735 0.578378378378 -0.03635912298 1
97.5 | 300 150 100 50 25 12 6 3 1 | 0.503863987635 0.459946267064 0.547722163658 -0.007245638795 -0.062501382694 0.048010105105 0.356165519529 0.289482468253 0.422848570804
99 | 3 0 0 4 0 0 0 0 0 | 0.428571428571 0.116373680516 0.810285095912 0 0 0 0.034482758621 -1.754777957103 1
99 | 20 5 0 10 15 0 0 0 0 | 0.7 0.517979153936 0.835160009377 0.4 0.072879819667 0.727120180333 0.405940594059 0.053599030358 0.758282157761
99 | 118 5 0 2 0 0 0 0 0 | 0.944 0.865359031866 0.977882409926 -0.023391812865 -0.055040400749 0.008256775018 0.940776337609 0.880457938272 1
99 | 40 9 2 6 20 1 3 1 8 | 0.755555555556 0.624041387883 0.851977127353 0.575016097875 0.371623490571 0.778408705179 0.656979514054 0.485416611527 0.828542416581
99 | 7 1 0 2 3 0 0 0 0 | 0.769230769231 0.416985218329 0.939522897922 0.493506493506 -0.148762558783 1.135775545796 0.578378378378 -0.15510437938 1
99 | 300 150 100 50 25 12 6 3 1 | 0.503863987635 0.453450742721 0.55419878766 -0.007245638795 -0.070745768679 0.05625449109 0.356165519529 0.279485186002 0.432845853056
";

/// As far as a figure may be from that of the packages.
const NEARLY: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

const STATES: [State; 3] = [State::Yes, State::No, State::NotApplicable];

fn table(counts: &[u64]) -> PairTable {
    assert_eq!(counts.len(), 9);
    let places = STATES
        .into_iter()
        .flat_map(|first| STATES.map(|second| (first, second)));
    let pairs = places.zip(counts);
    pairs
        .flat_map(|(pair, count)| (0..*count).map(move |_| pair))
        .collect()
}

fn measured(table: &PairTable) -> Agreement {
    measure_agreement(table, Confidence::default())
}

/// A figure with its interval as three texts; `-` for what is not defined.
fn show(estimate: Result<Estimate, Undefined>) -> [Option<Decimal>; 3] {
    let interval = estimate.and_then(|estimate| estimate.interval).ok();
    [
        estimate.ok().map(|estimate| estimate.value),
        interval.map(|interval| interval.low),
        interval.map(|interval| interval.high),
    ]
}

fn figures(agreement: &Agreement) -> Vec<Option<Decimal>> {
    [agreement.share, agreement.kappa, agreement.ac1]
        .map(show)
        .concat()
}

fn assert_near(given: &[Option<Decimal>], expected: &[Option<Decimal>], about: &str) {
    assert_eq!(given.len(), expected.len(), "{about}");
    for (given, expected) in given.iter().zip(expected) {
        let distance = given
            .zip(*expected)
            .map(|(given, expected)| (given - expected).abs());
        let is_near = distance.map_or(given == expected, |distance| distance < NEARLY);
        assert!(is_near, "{given:?} is not {expected:?}: {about}");
    }
}

#[test]
fn the_figures_are_those_of_the_packages_to_nine_decimals() {
    let mut lines_count = 0;
    for line in REFERENCE.lines() {
        let (counts, expected) = line.split_once(" | ").unwrap();
        let counts: Vec<u64> = counts
            .split(' ')
            .map(|count| count.parse().unwrap())
            .collect();
        let mut expected: Vec<Option<Decimal>> = expected.split(' ').map(parse_figure).collect();
        // The package gives an upper limit of 1 beside a lower one of nothing: that is no interval.
        if expected[7].is_none() {
            expected[8] = None;
        }
        let agreement = measured(&table(&counts));
        assert_eq!(agreement.pairs, counts.iter().sum::<u64>());
        assert_near(&figures(&agreement), &expected, line);
        lines_count += 1;
    }
    assert_eq!(lines_count, 42);
}

#[test]
fn other_confidences_give_the_intervals_of_the_packages_around_the_same_figures() {
    for line in AT_OTHER_CONFIDENCES.lines() {
        let fields: Vec<&str> = line.split(" | ").collect();
        let confidence = Confidence::of_percent(fields[0].parse().unwrap()).unwrap();
        let counts = fields[1].split(' ').map(|count| count.parse().unwrap());
        let expected: Vec<_> = fields[2].split(' ').map(parse_figure).collect();
        let table = table(&counts.collect::<Vec<u64>>());
        let given = figures(&measure_agreement(&table, confidence));
        assert_near(&given, &expected, line);
        let usual = figures(&measured(&table));
        assert!([0, 3, 6].iter().all(|value| usual[*value] == given[*value]));
    }
}

#[test]
fn nothing_is_defined_without_pairs() {
    let silent: PairTable = [(State::NotAsked, State::Yes)].into_iter().collect();
    for (table, left_out) in [(PairTable::default(), 0), (silent, 1)] {
        let agreement = measured(&table);
        assert_eq!((agreement.pairs, agreement.left_out), (0, left_out));
        for figure in [agreement.share, agreement.kappa, agreement.ac1] {
            assert_eq!(figure, Err(Undefined::NoPairs));
        }
    }
    assert_eq!(Undefined::NoPairs.to_string(), "no pairs of answers");
}

#[test]
fn a_single_answer_throughout_has_no_kappa_and_an_ac1_of_1_without_an_interval() {
    let agreement = measured(&table(&[5, 0, 0, 0, 0, 0, 0, 0, 0]));
    assert_eq!(agreement.kappa, Err(Undefined::OneCategory));
    let ac1 = agreement.ac1.unwrap();
    assert_eq!(
        (ac1.value, ac1.interval),
        (Decimal::ONE, Err(Undefined::OneCategory))
    );
    assert_eq!(
        Undefined::OneCategory.to_string(),
        "all answers are the same"
    );
}

#[test]
fn a_single_pair_gives_ac1_no_interval() {
    let ac1 = measured(&table(&[0, 1, 0, 0, 0, 0, 0, 0, 0])).ac1.unwrap();
    assert_eq!(
        (ac1.value, ac1.interval),
        (Decimal::NEGATIVE_ONE, Err(Undefined::OnePair))
    );
    assert_eq!(Undefined::OnePair.to_string(), "one pair of answers only");
}

#[test]
fn a_billion_pairs_keep_their_digits() {
    // The formulas in exact fractions, roots with 40 digits; a difference of sums in floats would leave none of kappa's error.
    let expected = [
        "0.666666666253",
        "0.050709410604",
        "1.282623921902",
        "0.999999999069",
        "0.999999997243",
        "1",
    ];
    let mut yes = table(&[1, 0, 0, 0, 0, 0, 0, 0, 0]);
    for _ in 0..30 {
        yes += yes;
    }
    let mut pooled = table(&[0, 1, 0, 0, 1, 0, 0, 0, 0]);
    pooled += yes;
    assert_eq!(pooled.pairs(), (1 << 30) + 2);
    let given = figures(&measured(&pooled));
    let expected = expected.map(parse_figure);
    assert_near(&given[3..], &expected, "a billion pairs");
}

fn counts() -> impl Strategy<Value = Vec<u64>> {
    let count = prop_oneof![Just(0), 0..4_u64, 0..60_u64];
    prop::collection::vec(count, 9)
}

proptest! {
    #[test]
    fn swapping_the_assessors_changes_no_figure(counts in counts()) {
        let table = table(&counts);
        let (one, other) = (measured(&table), measured(&table.swapped()));
        assert_near(&figures(&one), &figures(&other), "swapped");
        prop_assert_eq!(table.swapped().swapped(), table);
    }

    #[test]
    fn agreement_is_1_exactly_where_all_pairs_are_equal(counts in counts()) {
        let table = table(&counts);
        prop_assume!(table.pairs() > 0);
        let differing: u64 = [1, 2, 3, 5, 6, 7].map(|place| counts[place]).iter().sum();
        let agreement = measured(&table);
        let ones = [Some(agreement.share), Some(agreement.ac1), agreement.kappa.ok().map(Ok)];
        for figure in ones.into_iter().flatten() {
            prop_assert_eq!(figure.unwrap().value == Decimal::ONE, differing == 0);
        }
    }

    #[test]
    fn every_figure_lies_in_its_range_and_in_its_interval(counts in counts()) {
        let agreement = measured(&table(&counts));
        let (zero, one, least) = (Decimal::ZERO, Decimal::ONE, Decimal::NEGATIVE_ONE);
        for (figure, least) in [(agreement.share, zero), (agreement.kappa, least), (agreement.ac1, least)] {
            let Ok(figure) = figure else { continue };
            prop_assert!(least <= figure.value && figure.value <= one);
            if let Ok(interval) = figure.interval {
                prop_assert!(interval.low <= figure.value && figure.value <= interval.high);
            }
        }
        if let Ok(share) = agreement.share {
            let interval = share.interval.unwrap();
            prop_assert!(interval.low >= zero && interval.high <= one);
        }
        if let Some(interval) = agreement.ac1.ok().and_then(|ac1| ac1.interval.ok()) {
            prop_assert!(interval.high <= one);
        }
    }

    #[test]
    fn the_order_of_the_answers_changes_no_figure(counts in counts()) {
        let turned: Vec<u64> = counts.iter().rev().copied().collect();
        let (one, other) = (measured(&table(&counts)), measured(&table(&turned)));
        assert_near(&figures(&one), &figures(&other), "turned");
    }
}

#[test]
fn a_cell_is_found_by_the_answers_of_both() {
    let table = table(&[1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(table.cell(Answer::Yes, Answer::NotApplicable), 3);
    assert_eq!(table.cell(Answer::NotApplicable, Answer::Yes), 7);
}
